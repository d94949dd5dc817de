import { Clock, type HealthContributor, type Part, type PartHealth } from '@comms/daemon-runtime';
import type { Courier } from '@comms/delivery';
import { Inject, Injectable } from '@nestjs/common';
import { COURIER } from './tokens.js';

/**
 * Tells how the broker or the directory is doing. While it is not up, and no batch finds out whether it is back, a
 * question after it makes the courier try, so that readiness returns without any row to deliver.
 */
@Injectable()
export class CourierHealth implements HealthContributor {
  readonly part: Part;
  private lastTryMs = -Infinity;

  constructor(
    @Inject(COURIER) private readonly courier: Courier,
    private readonly clock: Clock,
  ) {
    this.part = courier.condition().part;
  }

  check(): Promise<PartHealth> {
    const { state, since, name, code, text } = this.courier.condition();
    if (state !== 'up') this.tryAgain();
    return Promise.resolve({ state, since, name, ...(code && { code }), ...(text && { text }) });
  }

  private tryAgain(): void {
    const now = this.clock.elapsedMs();
    if (now - this.lastTryMs < TRY_EVERY_MS) return;
    this.lastTryMs = now;
    void this.courier.prepare();
  }
}

const TRY_EVERY_MS = 5_000;

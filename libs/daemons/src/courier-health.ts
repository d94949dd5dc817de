import type { Clock, HealthContributor, Part, PartHealth } from '@comms/daemon-runtime';
import type { Courier } from '@comms/delivery';

/**
 * Reports how the broker or the directory is doing. While it is not up, each check makes the courier connect again, at
 * most every 5 seconds. So a daemon that has no rows to deliver becomes ready again by itself.
 */
export class CourierHealth implements HealthContributor {
  readonly part: Part;
  private lastTryMs = -Infinity;

  constructor(
    private readonly courier: Courier,
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

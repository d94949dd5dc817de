import type { Courier } from '@comms/delivery';
import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { COURIER } from './tokens.js';

/** Connects the courier when the daemon starts, without making the start wait, and closes it after the drain. */
@Injectable()
export class CourierLifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(@Inject(COURIER) private readonly courier: Courier) {}

  onApplicationBootstrap(): void {
    void this.courier.prepare();
  }

  onApplicationShutdown(): Promise<void> {
    return this.courier.close();
  }
}

import type { Courier, CourierCondition, OutboundMessage, PutOutcome } from '@comms/delivery';

/** Charges a message of unknown outcome to its row at once, without any evidence against it. */
export class HastyCourier implements Courier {
  readonly replacesRepeats: boolean;

  constructor(private readonly courier: Courier) {
    this.replacesRepeats = courier.replacesRepeats;
  }

  async put(messages: readonly OutboundMessage[]): Promise<readonly PutOutcome[]> {
    const outcomes = await this.courier.put(messages);
    return outcomes.map((outcome) => (outcome.kind === 'unknown' ? CHARGED : outcome));
  }

  condition(): CourierCondition {
    return this.courier.condition();
  }

  prepare(): Promise<void> {
    return this.courier.prepare();
  }

  stop(): Promise<void> {
    return this.courier.stop();
  }
}

const CHARGED: PutOutcome = {
  kind: 'retry',
  code: 'MESSAGE_NOT_CONFIRMED',
  text: 'The message was not confirmed.',
  mayBePut: true,
};

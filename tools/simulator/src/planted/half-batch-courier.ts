import type { Courier, CourierCondition, OutboundMessage, PutOutcome } from '@comms/delivery';

/** Takes a batch for sent as a whole as soon as one message of it was. */
export class HalfBatchCourier implements Courier {
  readonly replacesRepeats: boolean;

  constructor(private readonly courier: Courier) {
    this.replacesRepeats = courier.replacesRepeats;
  }

  async put(messages: readonly OutboundMessage[]): Promise<readonly PutOutcome[]> {
    const outcomes = await this.courier.put(messages);
    const sent = outcomes.find(({ kind }) => kind === 'sent');
    return sent === undefined ? outcomes : messages.map(() => sent);
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

import type { Courier, CourierCondition, OutboundMessage, PutOutcome } from '@comms/delivery';

type Outcomes = readonly PutOutcome[];

/** A courier that reports other outcomes than it has had. */
export class AlteredOutcomes implements Courier {
  readonly replacesRepeats: boolean;

  constructor(
    private readonly courier: Courier,
    private readonly alter: (outcomes: Outcomes) => Outcomes,
  ) {
    this.replacesRepeats = courier.replacesRepeats;
  }

  async put(messages: readonly OutboundMessage[]): Promise<Outcomes> {
    return this.alter(await this.courier.put(messages));
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

/** Charges a message of unknown outcome to its row at once, without any evidence against it. */
export function chargeUnknown(outcomes: Outcomes): Outcomes {
  return outcomes.map((outcome) => (outcome.kind === 'unknown' ? CHARGED : outcome));
}

/** Takes a batch for sent as a whole as soon as one message of it was sent. */
export function sentWhereOneIs(outcomes: Outcomes): Outcomes {
  const sent = outcomes.find(({ kind }) => kind === 'sent');
  return sent === undefined ? outcomes : outcomes.map(() => sent);
}

const CHARGED: PutOutcome = {
  kind: 'retry',
  code: 'MESSAGE_NOT_CONFIRMED',
  text: 'The message was not confirmed.',
  mayBePut: true,
};

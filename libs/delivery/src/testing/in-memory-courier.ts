import type { Courier, CourierCondition, OutboundMessage, PutOutcome } from '../ports.js';

/** A courier that keeps what it is given, and returns the outcomes that the test asks for. */
export class InMemoryCourier implements Courier {
  replacesRepeats = false;
  readonly accepted: OutboundMessage[] = [];
  /** What `condition` returns. */
  readonly current: CourierCondition = { part: 'broker', state: 'up', since: new Date(0), name: 'memory' };
  preparations = 0;
  /** While true, nothing is taken, as by a broker that is down. */
  isDown = false;

  /** @param answer decides the outcome of each message; `sent` where it returns nothing. */
  constructor(
    private readonly answer: (message: OutboundMessage) => PutOutcome | undefined = () => undefined,
  ) {}

  put(messages: readonly OutboundMessage[]): Promise<readonly PutOutcome[]> {
    return Promise.resolve(
      messages.map((message) => {
        const outcome = this.isDown ? DOWN : (this.answer(message) ?? { kind: 'sent' });
        if (outcome.kind === 'sent') this.accepted.push(message);
        return outcome;
      }),
    );
  }

  condition(): CourierCondition {
    return this.isDown ? { ...this.current, state: 'down', code: DOWN.code, text: DOWN.text } : this.current;
  }

  prepare(): Promise<void> {
    this.preparations += 1;
    return Promise.resolve();
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }
}

const DOWN = { kind: 'untouched', code: 'BROKER_DOWN', text: 'The broker is down.' } as const;

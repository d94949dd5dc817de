import type { OutboundMessage, PutOutcome } from '@comms/delivery';
import { BrokerError } from '../broker-error.js';
import type { BrokerLink } from '../link/broker-link.js';
import {
  goesAlone,
  isOpen,
  knowledgeIn,
  mayBePut,
  type OpenState,
  pending,
  type PendingMessage,
  sendableStateOf,
} from './message-state.js';
import {
  overConnections,
  type PutPart,
  type PutSetting,
  sessionOrFault,
  timeLeft,
} from './over-connections.js';
import { newTally, type PassEnd, type PutContext } from './put-context.js';
import { putInTransactions } from './put-in-transactions.js';
import { putAlone, putOneByOne } from './put-one-by-one.js';

/**
 * The put of one batch, until the moment `deadline` of the clock. First the messages go together: in transactions, and
 * what one of these leaves open one by one over a new connection. What was under way when a connection ended then goes
 * alone, over a connection of its own, so that other batches can go together meanwhile.
 */
export class BatchPut {
  readonly #batch: readonly PendingMessage[];
  readonly #part: Omit<PutPart, 'isDone' | 'pass' | 'tellsOfBroker'>;
  /** Why the put stopped early. */
  #end: PassEnd | undefined;

  constructor(messages: readonly OutboundMessage[], deadline: number, setting: PutSetting) {
    this.#batch = messages.map(pending);
    const tally = newTally();
    const knowledge = () => this.#batch.reduce((known, { state }) => known + knowledgeIn(state), tally.taken);
    this.#part = { ...setting, deadline, tally, knowledge };
  }

  /** Puts the messages that do not go alone. */
  async putTogether(link: BrokerLink): Promise<void> {
    this.#end = await overConnections(link, {
      ...this.#part,
      tellsOfBroker: true,
      isDone: () => !this.#batch.some((message) => isOpen(message) && !goesAlone(message)),
      pass: (context) => putTogether(this.#batch, context),
    });
  }

  /** Whether messages are left that go alone, and nothing is known against the broker. */
  get hasLonely(): boolean {
    return this.#end === undefined && this.#batch.some(goesAlone);
  }

  /**
   * Puts the messages that go alone, over a link of their own to the broker that `link` is with: it is connected first,
   * since it may have moved on to one that is down.
   */
  async putAlone(link: BrokerLink, open: (link: BrokerLink) => BrokerLink): Promise<void> {
    const session = await sessionOrFault(link, timeLeft(this.#part));
    if (session instanceof BrokerError) {
      this.#end = { fault: session, giveUp: true };
      return;
    }
    this.#end = await overConnections(open(link), {
      ...this.#part,
      tellsOfBroker: false,
      isDone: () => !this.#batch.some(goesAlone),
      pass: (context) => putAlone(this.#batch.filter(goesAlone), context),
    });
  }

  /** One for each message, in their order. */
  outcomes(): readonly PutOutcome[] {
    return this.#batch.map(({ state }) =>
      state.kind === 'settled' ? state.outcome : this.#unsettled(state),
    );
  }

  #unsettled(state: OpenState): PutOutcome {
    const { code, message: text } = this.#end?.fault ?? new BrokerError('BROKER_CONNECTION_LOST');
    const isLonely = sendableStateOf(state).kind === 'alone';
    const suspect = isLonely && code === 'BROKER_PUT_TIMEOUT' && this.#part.tally.taken > 0;
    return { kind: mayBePut(state) ? 'unknown' : 'untouched', code, text, suspect };
  }
}

/** One pass: what may be on the queue already comes first. */
async function putTogether(
  batch: readonly PendingMessage[],
  context: PutContext,
): Promise<PassEnd | undefined> {
  const going = (kind: 'single' | 'batched') =>
    batch.filter(({ state }) => state.kind !== 'settled' && sendableStateOf(state).kind === kind);
  return (await putOneByOne(going('single'), context)) ?? putInTransactions(going('batched'), context);
}

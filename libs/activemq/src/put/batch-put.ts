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
  type PutSteps,
  type PutSetting,
  sessionOrError,
  timeLeft,
} from './over-connections.js';
import { type EarlyStop, type PutContext, PutTally } from './put-context.js';
import { putInTransactions } from './put-in-transactions.js';
import { putEachAlone, putOneByOne } from './put-one-by-one.js';

/**
 * The put of one batch, until the moment `deadline` of the clock. First those that may be on the queue go one by one,
 * then the others together, in transactions. Messages of a transaction that failed go one by one over a new connection. Then messages that were under way when a
 * connection ended go alone, over a second connection. Meanwhile other batches can go together over the first.
 */
export class BatchPut {
  private readonly batch: readonly PendingMessage[];
  /** What both parts of the put have. */
  private readonly shared: Omit<PutSteps, 'isDone' | 'putOpenMessages' | 'isEvidenceAboutBroker'>;
  /** Why the put stopped early. */
  private stop: EarlyStop | undefined;

  constructor(messages: readonly OutboundMessage[], deadline: number, setting: PutSetting) {
    this.batch = messages.map(pending);
    const tally = new PutTally();
    const knowledge = () => this.batch.reduce((known, { state }) => known + knowledgeIn(state), tally.taken);
    this.shared = { ...setting, deadline, tally, knowledge };
  }

  /** Puts the messages that do not go alone. */
  async putTogether(link: BrokerLink): Promise<void> {
    this.stop = await overConnections(link, {
      ...this.shared,
      isEvidenceAboutBroker: true,
      isDone: () => !this.batch.some((message) => isOpen(message) && !goesAlone(message)),
      putOpenMessages: (context) => putSinglesAndTransactions(this.batch, context),
    });
  }

  /** Whether messages are left that go alone, and the broker is not known to be at fault. */
  get hasAlone(): boolean {
    return this.stop === undefined && this.batch.some(goesAlone);
  }

  /**
   * Puts the messages that go alone, over the link that `open` makes to the broker of `link`. First `link` is connected,
   * because it may have moved on to a broker that is down.
   */
  async putAlone(link: BrokerLink, open: (link: BrokerLink) => BrokerLink): Promise<void> {
    const session = await sessionOrError(link, timeLeft(this.shared));
    if (session instanceof BrokerError) {
      this.stop = { ends: 'put', cause: session };
      return;
    }
    this.stop = await overConnections(open(link), {
      ...this.shared,
      isEvidenceAboutBroker: false,
      isDone: () => !this.batch.some(goesAlone),
      putOpenMessages: (context) => putEachAlone(this.batch.filter(goesAlone), context),
    });
  }

  /** One outcome per message, in the order of the messages. */
  outcomes(): readonly PutOutcome[] {
    return this.batch.map(({ state }) =>
      state.kind === 'settled' ? state.outcome : this.outcomeOfOpen(state),
    );
  }

  private outcomeOfOpen(state: OpenState): PutOutcome {
    const { code, message: text } = this.stop?.cause ?? new BrokerError('BROKER_CONNECTION_LOST');
    const isAlone = sendableStateOf(state).kind === 'alone';
    const suspect = isAlone && code === 'BROKER_PUT_TIMEOUT' && this.shared.tally.taken > 0;
    return { kind: mayBePut(state) ? 'unknown' : 'untouched', code, text, suspect };
  }
}

/** Puts the messages over one connection. First come the single ones, which may be on the queue already. */
async function putSinglesAndTransactions(
  batch: readonly PendingMessage[],
  context: PutContext,
): Promise<EarlyStop | undefined> {
  const messagesIn = (kind: 'single' | 'inTransaction') =>
    batch.filter(({ state }) => state.kind !== 'settled' && sendableStateOf(state).kind === kind);
  return (
    (await putOneByOne(messagesIn('single'), context)) ??
    putInTransactions(messagesIn('inTransaction'), context)
  );
}

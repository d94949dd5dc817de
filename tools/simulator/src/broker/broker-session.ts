import type { Frame } from '@comms/stomp-broker';
import type { Actor } from '../world/events.js';
import type { Broker } from './broker.js';
import type { StoredMessage } from './journal.js';

export interface BrokerSessionParts {
  readonly actor: Actor;
  readonly respond: (command: string, headers: Frame['headers']) => void;
  readonly close: () => void;
}

interface BrokerTransaction {
  readonly messages: StoredMessage[];
  /** Why it can only be rolled back. */
  fault: string | undefined;
}

/** What a broker makes of the frames of one connection. */
export class BrokerSession {
  private readonly transactions = new Map<string, BrokerTransaction>();
  /** Whether it reads nothing more. */
  private silent = false;

  constructor(
    private readonly broker: Broker,
    private readonly parts: BrokerSessionParts,
  ) {}

  handle(frame: Frame): void {
    this.silent ||= frame.headers['commsCode'] === 'SILENT';
    if (this.silent) return;
    this.sendNamelessErrorIfDue(frame);
    const { command, headers } = frame;
    if (command === 'CONNECT') this.connect(headers);
    else if (command === 'BEGIN') this.begin(headers['transaction'] ?? '');
    else if (command === 'SEND') this.send(frame);
    else if (command === 'COMMIT') this.commit(headers['transaction'] ?? '', headers['receipt']);
    else if (command === 'ABORT') this.transactions.delete(headers['transaction'] ?? '');
    else this.parts.close();
  }

  private connect(headers: Frame['headers']): void {
    if (this.broker.hindrance === 'login refused') {
      this.parts.respond('ERROR', { message: 'User name or password is invalid.' });
      this.parts.close();
      return;
    }
    const { server } = this.broker.parts.rules;
    const [, wanted = '0'] = headers['heart-beat']?.split(',') ?? [];
    this.parts.respond('CONNECTED', { version: '1.2', server, 'heart-beat': `0,${wanted}` });
  }

  private begin(id: string): void {
    this.transactions.set(id, { messages: [], fault: undefined });
  }

  private send(frame: Frame): void {
    this.broker.parts.onMoment('send');
    if (frame.headers['commsCode'] === 'ENDS') {
      this.parts.close();
      return;
    }
    const { transaction, receipt } = frame.headers;
    const refusal = this.refusalOf(frame);
    if (transaction === undefined) this.sendAlone(frame, receipt, refusal);
    else this.sendWithin(this.transactions.get(transaction), frame, refusal);
  }

  private sendAlone(frame: Frame, receipt: string | undefined, refusal: Refusal | undefined): void {
    if (refusal !== undefined) {
      this.refuse(refusal, receipt);
      return;
    }
    const message = messageOf(frame);
    const { rules } = this.broker.parts;
    const dropped = !rules.routes(frame.headers) || this.isRepeat(message);
    this.store(dropped ? [] : [message], receipt);
  }

  private sendWithin(
    transaction: BrokerTransaction | undefined,
    frame: Frame,
    refusal: Refusal | undefined,
  ): void {
    if (transaction === undefined) {
      this.parts.respond('ERROR', { message: 'no such transaction' });
    } else if (refusal === undefined) {
      const { rules } = this.broker.parts;
      if (rules.routes(frame.headers)) transaction.messages.push(messageOf(frame));
      const { receipt } = frame.headers;
      if (receipt !== undefined) this.parts.respond('RECEIPT', naming(receipt));
    } else {
      this.refuse(refusal, frame.headers['receipt']);
      if (refusal.kind === 'no room' || this.broker.parts.rules.refusalPoisonsTransaction)
        transaction.fault = refusal.words;
    }
  }

  private commit(id: string, receipt: string | undefined): void {
    this.broker.parts.onMoment('commit');
    const transaction = this.transactions.get(id);
    this.transactions.delete(id);
    const fault = transaction === undefined ? 'no such transaction' : this.faultOf(transaction);
    if (fault === undefined) this.store(transaction?.messages ?? [], receipt);
    else this.parts.respond('ERROR', { message: fault, ...naming(receipt) });
  }

  private faultOf({ messages, fault }: BrokerTransaction): string | undefined {
    if (fault !== undefined) return fault;
    const { rules } = this.broker.parts;
    return messages.some((message) => this.isRepeat(message)) ? rules.repeatInTransaction : undefined;
  }

  private isRepeat({ duplicateId }: StoredMessage): boolean {
    return this.broker.parts.rules.dropsRepeats && this.broker.journal.holds(duplicateId);
  }

  /** The receipt comes once the batch, and all before it, is on disk. */
  private store(messages: readonly StoredMessage[], receipt: string | undefined): void {
    const { world, onMoment } = this.broker.parts;
    const { journal, echoes, syncMs } = this.broker;
    journal.append(messages, () => {
      if (messages.length > 0) onMoment('stored');
      if (receipt === undefined) return;
      if (echoes) this.parts.respond('RECEIPT', { 'receipt-id': `foreign-${receipt}` });
      this.parts.respond('RECEIPT', naming(receipt));
      if (echoes) this.parts.respond('RECEIPT', naming(receipt));
    });
    world.after(this.parts.actor, world.random.between(syncMs / 2, syncMs), () => {
      journal.syncNext();
    });
  }

  private refusalOf({ headers }: Frame): Refusal | undefined {
    const { rules } = this.broker.parts;
    const { hindrance } = this.broker;
    if (hindrance === 'full') return { kind: 'no room', words: rules.full };
    if (hindrance === 'not authorised') return { kind: 'message', words: rules.notAuthorised };
    return POISONS[headers['commsCode'] ?? ''];
  }

  private refuse({ kind, words }: Refusal, receipt: string | undefined): void {
    const named = kind === 'nameless' ? {} : naming(receipt);
    this.parts.respond('ERROR', { message: words, ...named });
    if (kind === 'nameless' && this.broker.parts.world.random.chance(0.5)) this.parts.close();
  }

  private sendNamelessErrorIfDue({ command }: Frame): void {
    if (!this.broker.namelessErrorDue || command === 'CONNECT') return;
    this.broker.namelessErrorDue = false;
    this.parts.respond('ERROR', { message: 'an error that names no frame' });
  }
}

interface Refusal {
  readonly kind: 'message' | 'no room' | 'nameless';
  readonly words: string;
}

/** What is wrong with a message, by its code. */
const POISONS: Readonly<Record<string, Refusal>> = {
  REFUSED: { kind: 'message', words: 'an invalid header' },
  TOO_LARGE: { kind: 'message', words: 'The maximum frame size was exceeded' },
  NAMELESS: { kind: 'nameless', words: 'an invalid header' },
};

function naming(receipt: string | undefined): Frame['headers'] {
  return receipt === undefined ? {} : { 'receipt-id': receipt };
}

function messageOf({ headers, body }: Frame): StoredMessage {
  const text = body.toString();
  const { sending } = JSON.parse(text) as { sending: string };
  return {
    distributionId: headers['commsDistributionId'] ?? '',
    sending,
    marked: headers['commsPossibleDuplicate'] === 'true',
    persistent: headers['persistent'] === 'true',
    body: text,
    duplicateId: headers['_AMQ_DUPL_ID'],
  };
}

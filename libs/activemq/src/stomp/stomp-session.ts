import type { FrameImpl } from '@stomp/stompjs';
import { randomBytes } from 'node:crypto';
import { BrokerError } from '../broker-error.js';
import { dialectOf, type Dialect, ENDS_AFTER_ERROR } from './dialect.js';
import { encodeFrame } from './encode-frame.js';
import { FrameBuffer } from './frame-buffer.js';
import type { FrameListener, FrameStream } from './frame-stream.js';
import { keepBeating, type HeartBeat } from './heart-beat.js';
import { refusalOf, type Refusal } from './refusal.js';

/**
 * The broker's answer to one request.
 * - `receipt`: done.
 * - `refused`: an ERROR that named this request.
 * - `lost`: there is no answer, and none will come. `leftProcess` where the request has left this process.
 *
 * `afterRefusal`: the answer before was an ERROR that named another request. STOMP has the broker end the connection then.
 * `unnamedError` is an ERROR that came before the answer and named no open request.
 */
export type Answer =
  | { readonly kind: 'receipt'; readonly unnamedError: Refusal | undefined }
  | {
      readonly kind: 'refused';
      readonly refusal: Refusal;
      readonly afterRefusal: boolean;
      readonly unnamedError: Refusal | undefined;
    }
  | {
      readonly kind: 'lost';
      readonly cause: BrokerError;
      readonly leftProcess: boolean;
      readonly afterRefusal: boolean;
      readonly unnamedError: Refusal | undefined;
    };

/**
 * A logged-in STOMP 1.2 connection. It ends soon after an ERROR that names none of its open requests. It never throws.
 */
export class StompSession {
  readonly dialect: Dialect;
  /**
   * Holds the frames of a transaction, and then those of the next one. That is safe: the answer to COMMIT proves that the
   * broker has read the frames, and without an answer the session ends.
   */
  readonly transactionFrames = new FrameBuffer();
  /** Resolves once the session has ended, with the reason. */
  readonly ended: Promise<BrokerError>;
  private readonly pending = new Map<string, (answer: Answer) => void>();
  private readonly idPrefix = randomBytes(6).toString('hex');
  private readonly stopHeartBeat: () => void;
  private lastId = 0;
  private unnamedError: Refusal | undefined;
  private lastRefusal: Refusal | undefined;
  /** Whether the last answer was a refusal; of a broker that ends the connection then, any answer. */
  private afterRefusal = false;
  private cause: BrokerError | undefined;
  private resolveEnded!: (cause: BrokerError) => void;

  constructor(
    private readonly stream: FrameStream,
    readonly server: string,
    heartBeat: HeartBeat,
  ) {
    this.dialect = dialectOf(server);
    this.ended = new Promise((resolve) => {
      this.resolveEnded = resolve;
    });
    this.stopHeartBeat = keepBeating(stream, heartBeat, () => {
      stream.destroy(new BrokerError('BROKER_SILENT'));
    });
    stream.handOver(this.events);
  }

  /** Whether the session accepts requests. */
  get open(): boolean {
    return this.cause === undefined && this.unnamedError === undefined && !this.isEnding;
  }

  /** Whether the broker is about to end the connection. */
  private get isEnding(): boolean {
    return this.afterRefusal && ENDS_AFTER_ERROR[this.dialect];
  }

  /** An id that was not used before and that no broker can guess, so that no other receipt is taken for it. */
  nextReceiptId(): string {
    this.lastId += 1;
    return `${this.idPrefix}-${this.lastId}`;
  }

  /** Sends frames and waits for the receipt that one of them asks for. The session ends where no answer comes. */
  async request(frames: FrameBuffer, receiptId: string, limit: number): Promise<Answer> {
    const [answer] = (await this.requestAll(frames, [receiptId], limit)) as [Answer];
    return answer;
  }

  /** Like `request`, with the answers to several receipts, in the order of `receiptIds`. */
  async requestAll(
    frames: FrameBuffer,
    receiptIds: readonly string[],
    limit: number,
  ): Promise<readonly Answer[]> {
    if (!this.open) {
      const cause = this.cause ?? new BrokerError(this.isEnding ? 'BROKER_CONNECTION_LOST' : 'BROKER_ERROR');
      return receiptIds.map(() => this.lost(cause, false));
    }
    this.stream.send(frames);
    const timer = setTimeout(() => {
      this.expire(receiptIds);
    }, limit);
    const answers = await Promise.all(receiptIds.map((id) => this.answerTo(id)));
    clearTimeout(timer);
    return answers;
  }

  /** Sends DISCONNECT. Resolves when the connection has ended. */
  async close(): Promise<void> {
    if (this.cause !== undefined) return;
    this.stream.send(encodeFrame('DISCONNECT', {}));
    this.stream.end();
    const timer = setTimeout(() => {
      this.destroy(new BrokerError('BROKER_CLOSED'));
    }, CLOSE_LIMIT_MS);
    await this.ended;
    clearTimeout(timer);
  }

  destroy(cause: BrokerError): void {
    this.stream.destroy(cause);
  }

  private answerTo(receiptId: string): Promise<Answer> {
    return new Promise((resolve) => {
      this.pending.set(receiptId, (answer) => {
        this.pending.delete(receiptId);
        resolve(answer);
      });
    });
  }

  private readonly events: FrameListener = {
    frame: (frame) => {
      const id = frame.headers['receipt-id'];
      const answered = id === undefined ? undefined : this.pending.get(id);
      if (frame.command === 'RECEIPT') this.confirmed(answered);
      else if (frame.command === 'ERROR') this.refused(frame, answered);
      if (this.unnamedError !== undefined && this.pending.size === 0) this.endAfterUnnamedError();
    },
    lost: (cause) => {
      this.cause = cause;
      this.stopHeartBeat();
      for (const settle of [...this.pending.values()]) settle(this.lost(cause, true));
      this.resolveEnded(cause);
    },
  };

  private confirmed(answered: ((answer: Answer) => void) | undefined): void {
    if (answered === undefined) return;
    answered({ kind: 'receipt', unnamedError: this.unnamedError });
    this.afterRefusal &&= ENDS_AFTER_ERROR[this.dialect];
  }

  private lost(cause: BrokerError, leftProcess: boolean): Answer {
    const { afterRefusal, unnamedError } = this;
    return { kind: 'lost', cause, leftProcess, afterRefusal, unnamedError };
  }

  private refused(frame: FrameImpl, answered: ((answer: Answer) => void) | undefined): void {
    const refusal = refusalOf(frame, this.lastRefusal);
    this.lastRefusal = refusal;
    if (answered !== undefined) {
      answered({
        kind: 'refused',
        refusal,
        afterRefusal: this.afterRefusal,
        unnamedError: this.unnamedError,
      });
      this.afterRefusal = true;
    } else if (this.unnamedError === undefined) {
      this.unnamedError = refusal;
      setTimeout(() => {
        this.endAfterUnnamedError();
      }, UNNAMED_ERROR_LIMIT_MS).unref();
    }
  }

  private endAfterUnnamedError(): void {
    this.destroy(new BrokerError('BROKER_ERROR', { cause: this.unnamedError?.error }));
  }

  /** After a stall of this process the answer may still wait in the socket. It is read before this decides. */
  private expire(receiptIds: readonly string[]): void {
    setImmediate(() => {
      if (receiptIds.some((id) => this.pending.has(id))) this.destroy(new BrokerError('BROKER_BLOCKED'));
    });
  }
}

const CLOSE_LIMIT_MS = 1_000;
/** How long open requests may still get their own answers after an ERROR that named none of them. */
const UNNAMED_ERROR_LIMIT_MS = 500;

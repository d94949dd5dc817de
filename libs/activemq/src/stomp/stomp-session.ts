import type { FrameImpl } from '@stomp/stompjs';
import { randomBytes } from 'node:crypto';
import { BrokerError } from '../broker-error.js';
import { dialectOf, type Dialect } from './dialect.js';
import { encodeFrame } from './encode-frame.js';
import { FrameBuffer } from './frame-buffer.js';
import type { FrameListener, FrameStream } from './frame-stream.js';
import { keepBeating, type HeartBeat } from './heart-beat.js';
import { refusalOf, type Refusal } from './refusal.js';

/**
 * What the broker said to one request.
 * - `receipt`: done.
 * - `refused`: an ERROR that named this request.
 * - `lost`: no answer, and none will come; `sent` where the request has left us.
 *
 * A stray is an ERROR that named no open request, and came before.
 */
export type Answer =
  | { readonly kind: 'receipt'; readonly stray: Refusal | undefined }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly stray: Refusal | undefined }
  | {
      readonly kind: 'lost';
      readonly fault: BrokerError;
      readonly sent: boolean;
      readonly stray: Refusal | undefined;
    };

/** A logged-in STOMP 1.2 connection. It ends at the first thing that it can't attribute, and never by an exception. */
export class StompSession {
  readonly dialect: Dialect;
  /**
   * For the frames of one transaction after the other: the answer to a COMMIT proves that the broker has read those
   * before it, and without one the session ends.
   */
  readonly transactionFrames = new FrameBuffer();
  /** Resolves once the session has ended, with the reason. */
  readonly ended: Promise<BrokerError>;
  readonly #pending = new Map<string, (answer: Answer) => void>();
  readonly #idPrefix = randomBytes(6).toString('hex');
  readonly #stopBeating: () => void;
  #lastId = 0;
  #stray: Refusal | undefined;
  #fault: BrokerError | undefined;
  #tellEnded!: (fault: BrokerError) => void;

  constructor(
    private readonly stream: FrameStream,
    readonly server: string,
    heartBeat: HeartBeat,
  ) {
    this.dialect = dialectOf(server);
    this.ended = new Promise((resolve) => {
      this.#tellEnded = resolve;
    });
    this.#stopBeating = keepBeating(stream, heartBeat, () => {
      stream.destroy(new BrokerError('BROKER_SILENT'));
    });
    stream.handOver(this.#events);
  }

  /** Whether it takes requests. */
  get open(): boolean {
    return this.#fault === undefined && this.#stray === undefined;
  }

  /** Never given twice, and not to be guessed by a broker that sends receipts of others. */
  nextReceiptId(): string {
    this.#lastId += 1;
    return `${this.#idPrefix}-${this.#lastId}`;
  }

  /** Sends frames and waits for the answer to the receipt that one of them asks for; no answer ends the session. */
  async request(frames: FrameBuffer, receiptId: string, limit: number): Promise<Answer> {
    const [answer] = (await this.requestAll(frames, [receiptId], limit)) as [Answer];
    return answer;
  }

  /** As `request`, with the answers to several receipts, in the order of `receiptIds`. */
  async requestAll(
    frames: FrameBuffer,
    receiptIds: readonly string[],
    limit: number,
  ): Promise<readonly Answer[]> {
    if (!this.open) {
      const fault = this.#fault ?? new BrokerError('BROKER_ERROR');
      return receiptIds.map(() => ({ kind: 'lost', fault, sent: false, stray: this.#stray }));
    }
    this.stream.send(frames);
    const timer = setTimeout(() => {
      this.#expire(receiptIds);
    }, limit);
    const answers = await Promise.all(receiptIds.map((id) => this.#answerTo(id)));
    clearTimeout(timer);
    return answers;
  }

  /** Says goodbye; resolves when the connection has ended. */
  async close(): Promise<void> {
    if (this.#fault !== undefined) return;
    this.stream.send(encodeFrame('DISCONNECT', {}));
    this.stream.end();
    const timer = setTimeout(() => {
      this.destroy(new BrokerError('BROKER_CLOSED'));
    }, CLOSE_LIMIT_MS);
    await this.ended;
    clearTimeout(timer);
  }

  destroy(fault: BrokerError): void {
    this.stream.destroy(fault);
  }

  #answerTo(receiptId: string): Promise<Answer> {
    return new Promise((resolve) => {
      this.#pending.set(receiptId, (answer) => {
        this.#pending.delete(receiptId);
        resolve(answer);
      });
    });
  }

  readonly #events: FrameListener = {
    frame: (frame) => {
      const id = frame.headers['receipt-id'];
      const answered = id === undefined ? undefined : this.#pending.get(id);
      if (frame.command === 'RECEIPT') answered?.({ kind: 'receipt', stray: this.#stray });
      else if (frame.command === 'ERROR') this.#refused(frame, answered);
      if (this.#stray !== undefined && this.#pending.size === 0) this.#endAstray();
    },
    lost: (fault) => {
      this.#fault = fault;
      this.#stopBeating();
      for (const settle of [...this.#pending.values()])
        settle({ kind: 'lost', fault, sent: true, stray: this.#stray });
      this.#tellEnded(fault);
    },
  };

  #refused(frame: FrameImpl, answered: ((answer: Answer) => void) | undefined): void {
    const refusal = refusalOf(frame);
    if (answered !== undefined) {
      answered({ kind: 'refused', refusal, stray: this.#stray });
    } else if (this.#stray === undefined) {
      this.#stray = refusal;
      setTimeout(() => {
        this.#endAstray();
      }, STRAY_LIMIT_MS).unref();
    }
  }

  #endAstray(): void {
    this.destroy(new BrokerError('BROKER_ERROR', { cause: this.#stray?.error }));
  }

  /** After a stall of this process the answer may lie in the socket: it is read before this judges. */
  #expire(receiptIds: readonly string[]): void {
    setImmediate(() => {
      if (receiptIds.some((id) => this.#pending.has(id))) this.destroy(new BrokerError('BROKER_BLOCKED'));
    });
  }
}

const CLOSE_LIMIT_MS = 1_000;
/** After an ERROR of unknown origin, how long requests that are open may still get answers of their own. */
const STRAY_LIMIT_MS = 500;

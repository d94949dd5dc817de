import type { Link } from '../network/link.js';
import type { ServerSide } from '../network/server-side.js';
import type { Actor } from '../world/actor.js';
import type { Broker } from './broker.js';
import { type FrameText, readFrame, writeFrame } from './frame-text.js';
import { BrokerSession } from './broker-session.js';

/** One client's connection: reads its frames one after the other, and answers. */
export class BrokerConnection implements ServerSide {
  readonly #session: BrokerSession;
  readonly #inbox: FrameText[] = [];
  #rest = '';
  #busy = false;
  #closed = false;

  constructor(
    private readonly broker: Broker,
    private readonly link: Link,
  ) {
    this.#session = new BrokerSession(broker, {
      actor: this.#actor,
      answer: (command, headers) => {
        this.#answer(command, headers);
      },
      close: () => {
        this.#close();
      },
    });
  }

  receive(text: string): void {
    const frames = (this.#rest + text).split('\0');
    this.#rest = frames.pop() ?? '';
    if (this.#rest === '\n') this.#rest = '';
    for (const frame of frames.map(readFrame)) if (frame !== undefined) this.#inbox.push(frame);
    this.proceed();
  }

  ended(): void {
    this.#closed = true;
    this.#inbox.length = 0;
    this.broker.forget(this);
  }

  /** Goes on with what has been received, unless messages are held up. */
  proceed(): void {
    const frame = this.#inbox[0];
    if (this.#busy || this.#closed || frame === undefined || this.#isHeldUp(frame)) return;
    this.#busy = true;
    this.#inbox.shift();
    const { world } = this.broker.parts;
    world.after(this.#actor, world.random.between(0.01, 0.15), () => {
      this.#busy = false;
      this.#handle(frame);
      this.proceed();
    });
  }

  get #actor(): Actor {
    return this.link.ends.server;
  }

  #isHeldUp({ command }: FrameText): boolean {
    return this.broker.hindrance === 'blocked' && (command === 'SEND' || command === 'COMMIT');
  }

  #handle(frame: FrameText): void {
    if (this.#closed) return;
    this.link.framesUntilReset -= 1;
    const { world } = this.broker.parts;
    if (this.link.framesUntilReset < 0) {
      world.note(this.#actor, `resets ${this.link.ends.client.name}`);
      this.link.reset();
      return;
    }
    world.note(this.#actor, `reads ${frame.command} ${frame.headers['commsDistributionId'] ?? ''}`);
    this.#session.handle(frame);
  }

  #answer(command: string, headers: FrameText['headers']): void {
    if (this.#closed) return;
    this.broker.parts.world.note(this.#actor, `answers ${command} ${headers['message'] ?? ''}`);
    this.link.fromServer(writeFrame(command, headers));
  }

  #close(): void {
    this.ended();
    this.link.closedByServer();
  }
}

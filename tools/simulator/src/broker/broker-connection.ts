import { encodeFrame, type Frame, FrameSplitter } from '@comms/stomp-broker';
import type { Link, ServerSide } from '../network/link.js';
import type { Actor } from '../world/events.js';
import type { Broker } from './broker.js';
import { BrokerSession } from './broker-session.js';

/** One client's connection: reads its frames one after the other, and responds. */
export class BrokerConnection implements ServerSide {
  private readonly session: BrokerSession;
  private readonly inbox: Frame[] = [];
  private readonly splitter = new FrameSplitter();
  private busy = false;
  private closed = false;

  constructor(
    private readonly broker: Broker,
    private readonly link: Link,
  ) {
    this.session = new BrokerSession(broker, {
      actor: this.actor,
      respond: (command, headers) => {
        this.respond(command, headers);
      },
      close: () => {
        this.close();
      },
    });
  }

  receive(text: string): void {
    this.inbox.push(...this.splitter.push(Buffer.from(text)));
    this.proceed();
  }

  ended(): void {
    this.closed = true;
    this.inbox.length = 0;
    this.broker.forget(this);
  }

  /** Goes on with what has been received, unless messages are held up. */
  proceed(): void {
    const frame = this.inbox[0];
    if (this.busy || this.closed || frame === undefined || this.isHeldUp(frame)) return;
    this.busy = true;
    this.inbox.shift();
    const { world } = this.broker.parts;
    world.after(this.actor, world.random.between(0.01, 0.15), () => {
      this.busy = false;
      this.handle(frame);
      this.proceed();
    });
  }

  private get actor(): Actor {
    return this.link.ends.server;
  }

  private isHeldUp({ command }: Frame): boolean {
    return this.broker.hindrance === 'blocked' && (command === 'SEND' || command === 'COMMIT');
  }

  private handle(frame: Frame): void {
    if (this.closed) return;
    this.link.framesUntilReset -= 1;
    const { world } = this.broker.parts;
    if (this.link.framesUntilReset < 0) {
      world.note(this.actor, `resets ${this.link.ends.client.name}`);
      this.link.reset();
      return;
    }
    world.note(this.actor, `reads ${frame.command} ${frame.headers['commsDistributionId'] ?? ''}`);
    this.session.handle(frame);
  }

  private respond(command: string, headers: Frame['headers']): void {
    if (this.closed) return;
    this.broker.parts.world.note(this.actor, `responds ${command} ${headers['message'] ?? ''}`);
    this.link.fromServer(encodeFrame(command, headers));
  }

  private close(): void {
    this.ended();
    this.link.closedByServer();
  }
}

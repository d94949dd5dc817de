import type { ClientSession } from './client-session.js';
import { encodeFrame, type Frame, FrameSplitter } from './frames.js';
import type { FrameScript, Reaction, Refusal, ScriptedClient } from './frame-script.js';
import type { Wire } from './listen.js';

/** One connection: takes its frames in order, asks the script about each, and responds. */
export class Client implements ScriptedClient {
  private readonly splitter = new FrameSplitter();
  private readonly inbox: Frame[] = [];
  private busy = false;
  private over = false;
  private lastHeard = Date.now();
  private beats: NodeJS.Timeout[] = [];

  constructor(
    readonly number: number,
    private readonly parts: ClientParts,
  ) {}

  receive(chunk: Buffer): void {
    this.lastHeard = Date.now();
    try {
      for (const frame of this.splitter.push(chunk)) this.inbox.push(frame);
    } catch (error) {
      this.refuse(undefined, { refuse: sentenceOf(error), close: true });
      return;
    }
    if (!this.busy) void this.work();
  }

  send(command: string, headers: Readonly<Record<string, string>>, body = ''): void {
    this.write(encodeFrame(command, headers, body));
  }

  reset(): void {
    this.parts.wire.reset();
    this.closed();
  }

  /** To be called when the connection has ended, from whichever side. */
  closed(): void {
    if (this.over) return;
    this.over = true;
    this.inbox.length = 0;
    for (const beat of this.beats) clearInterval(beat);
    this.parts.session.end();
  }

  private async work(): Promise<void> {
    this.busy = true;
    for (let frame = this.inbox.shift(); frame !== undefined; frame = this.inbox.shift()) {
      const reaction = this.parts.script(frame, this);
      this.react(frame, isPromise(reaction) ? await reaction : reaction);
    }
    this.busy = false;
  }

  private react(frame: Frame, reaction: Reaction): void {
    if (this.over || reaction === 'ignore') return;
    if (reaction === 'reset') this.reset();
    else if (typeof reaction !== 'string') this.respondInstead(frame, reaction);
    else this.handle(frame, reaction);
  }

  private respondInstead(frame: Frame, response: Exclude<Reaction, string>): void {
    if ('raw' in response) this.write(response.raw);
    else this.refuse(frame, response);
  }

  private handle(frame: Frame, reaction: 'handle' | 'handle-silently' | 'handle-and-reset'): void {
    try {
      this.parts.session.handle(frame);
    } catch (error) {
      this.refuse(frame, { refuse: sentenceOf(error), close: frame.command === 'CONNECT' });
      return;
    }
    if (reaction === 'handle-and-reset') this.reset();
    else if (reaction === 'handle') this.confirm(frame);
  }

  private confirm({ command, headers: { receipt } }: Frame): void {
    if (command === 'CONNECT' || command === 'STOMP') this.startBeats();
    else if (receipt !== undefined) this.send('RECEIPT', { 'receipt-id': receipt });
    if (command === 'DISCONNECT') this.parts.wire.end();
  }

  private refuse(frame: Frame | undefined, { refuse, receiptId, close }: Refusal): void {
    const id = receiptId ?? frame?.headers['receipt'];
    const named = id === undefined || id === false ? {} : { 'receipt-id': id };
    this.send('ERROR', { ...named, 'content-type': 'text/plain', message: refuse }, refuse);
    if (close === true) this.parts.wire.end();
  }

  private startBeats(): void {
    const { send, expect } = this.parts.session.heartBeat;
    if (send > 0)
      this.every(send, () => {
        this.write('\n');
      });
    if (expect > 0)
      this.every(expect, () => {
        if (Date.now() - this.lastHeard > 3 * expect) this.reset();
      });
  }

  private every(interval: number, action: () => void): void {
    this.beats.push(setInterval(action, interval).unref());
  }

  private write(data: string | Uint8Array): void {
    if (!this.over) this.parts.wire.write(data);
  }
}

export interface ClientParts {
  readonly wire: Wire;
  readonly session: ClientSession;
  readonly script: FrameScript;
}

/** Without a promise the frame is handled at once, which keeps a connection at full speed. */
function isPromise(reaction: Reaction | Promise<Reaction>): reaction is Promise<Reaction> {
  return typeof reaction === 'object' && 'then' in reaction;
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

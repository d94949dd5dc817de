import type { Socket } from 'node:net';
import type { Direction, Fate, Splitter, Unit } from './unit.js';
import { type Shape, ShapedWriter } from './shape.js';

export interface ConnectionParts {
  readonly number: number;
  /** The daemon's side, and its server's. */
  readonly client: Socket;
  readonly server: Socket;
  readonly split: (direction: Direction) => Splitter;
  readonly judge: (unit: Unit) => Fate | Promise<Fate>;
  readonly shape: () => Shape;
}

/** One connection through a proxy. Each unit waits for its own verdict and for all units before it. */
export class ProxiedConnection {
  constructor(private readonly parts: ConnectionParts) {
    const { client, server } = parts;
    for (const socket of [client, server]) socket.on('error', () => undefined).setNoDelay();
    client.once('close', (failed) => failed && server.resetAndDestroy());
    server.once('close', (failed) => failed && client.resetAndDestroy());
    void this.pump('up', client, server);
    void this.pump('down', server, client);
  }

  reset(): void {
    this.parts.client.resetAndDestroy();
    this.parts.server.resetAndDestroy();
  }

  private async pump(direction: Direction, source: Socket, target: Socket): Promise<void> {
    const writer = new ShapedWriter(target, this.parts.shape);
    try {
      for await (const unit of this.units(direction, source)) {
        const fate = await this.parts.judge(unit);
        if (fate === 'reset') throw new Error('reset');
        writer.write(unit.bytes);
      }
      writer.end();
    } catch {
      this.reset();
    }
  }

  private async *units(direction: Direction, source: Socket): AsyncGenerator<Unit> {
    const { number: connection, split } = this.parts;
    const splitter = split(direction);
    let place = 0;
    for await (const chunk of source) {
      for (const piece of splitter.push(chunk as Buffer)) {
        if (piece.name !== 'BEAT') place += 1;
        yield { ...piece, direction, connection, place };
      }
    }
  }
}

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Child, eventually } from '@comms/kit';
import { freePort } from '@comms/test-servers';
import { startMeasured } from '../processes/measured-child.js';
import type { Reach, Servers } from '../servers/open-servers.js';

const PROGRAM = fileURLToPath(new URL('relay.main.js', import.meta.url));

/** A network between the subjects and the servers. */
export interface Network {
  readonly reach: Reach;
  close(): Promise<void>;
}

/** Puts a relay before each server. Their replies take `roundTripMs` longer, and up to a millisecond more. */
export async function openNetwork(servers: Servers, roundTripMs: number): Promise<Network> {
  const relays: Child[] = [];
  const relayed = async (url: string): Promise<string> => {
    const through = new URL(url);
    const port = await freePort();
    relays.push(await startRelay(servers, [port, Number(through.port), roundTripMs]));
    through.port = String(port);
    return through.href;
  };
  const close = async () => {
    await Promise.all(relays.map((relay) => relay.stop()));
  };
  try {
    const { databaseUrl, broker, openWireUrl } = servers.reach;
    return {
      reach: {
        databaseUrl: await relayed(databaseUrl),
        broker: { ...broker, stompUrl: await relayed(broker.stompUrl) },
        openWireUrl: openWireUrl === null ? null : await relayed(openWireUrl),
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startRelay({ folder, guard }: Servers, args: readonly number[]): Promise<Child> {
  const relay = await startMeasured({
    name: 'a relay',
    command: process.execPath,
    args: [PROGRAM, ...args.map(String)],
    env: {},
    logFile: join(folder, 'log'),
    guard,
  });
  await eventually('the relay listens', () => relay.hasSent('listening'), { everyMs: 5, limitMs: 10_000 });
  return relay;
}

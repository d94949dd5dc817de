import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { propertiesText } from '@comms/end-to-end';
import type { PeerName } from '../peers/peers.js';
import { Child } from '../processes/child.js';
import { nodeEnvironment } from '../processes/node-environment.js';
import { whileAlive } from '../processes/while-alive.js';
import { until } from '../until.js';
import type { Contestant } from './contestant.js';
import type { Setting } from './setting.js';

const PROGRAM = fileURLToPath(new URL('../peers/peer.main.js', import.meta.url));

/** Starts a peer as a process of its own; it works from `begin` to `rest`. */
export async function startPeer(name: PeerName, setting: Setting): Promise<Contestant> {
  const { folder, properties, signal } = setting;
  const configFile = join(folder, 'peer.properties');
  await writeFile(configFile, propertiesText(properties));
  const child = await Child.start({
    name,
    command: process.execPath,
    args: [PROGRAM, name],
    env: nodeEnvironment({ COMMS_CONFIG: configFile }),
    logFile: join(folder, 'log'),
  });
  const failure = child.endedUnasked();
  const says = (word: string) => {
    const isSaid = () => child.hears(word);
    const wait = (both: AbortSignal) =>
      until(`${name} is ${word}`, isSaid, { everyMs: 5, limitMs: 60_000, signal: both });
    return whileAlive(wait, failure, signal);
  };
  const stop = () => child.stop();
  await says('open').catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    pids: [child.pid],
    failure,
    begin: async () => {
      child.say('prepare');
      await says('prepared');
      const start = performance.now();
      child.say('begin');
      return start;
    },
    rest: async () => {
      child.say('rest');
      await says('at rest');
    },
    stop,
  };
}

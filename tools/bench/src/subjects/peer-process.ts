import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { propertiesText } from '@comms/daemon-stage';
import { type Child, eventually } from '@comms/kit';
import type { PeerName } from '../peers/peers.js';
import { failureOf, startMeasured, whileAlive } from '../processes/measured-child.js';
import type { Contestant, Setting } from './subject.js';

const PROGRAM = fileURLToPath(new URL('../peers/peer.main.js', import.meta.url));

/** Starts a peer as a process, with variables of the environment; it works from `begin` to `rest`. */
export async function startPeer(
  name: PeerName,
  setting: Setting,
  environment: Readonly<Record<string, string>> = {},
): Promise<Contestant> {
  const child = await startProcess(name, setting, environment);
  const failure = failureOf(child);
  const untilSent = (word: string) => {
    const isSent = () => child.hasSent(word);
    const wait = (signal: AbortSignal) =>
      eventually(`${name} is ${word}`, isSent, { everyMs: 5, limitMs: 60_000, signal });
    return whileAlive(wait, failure, setting.signal);
  };
  const stop = async () => {
    await child.stop();
  };
  await untilSent('open').catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return {
    pids: [child.pid],
    failure,
    begin: async () => {
      child.send('prepare');
      await untilSent('prepared');
      const start = performance.now();
      child.send('begin');
      return start;
    },
    rest: async () => {
      child.send('rest');
      await untilSent('at rest');
    },
    stop,
  };
}

/** Where a peer does not choose them itself. */
export const ROWS_PER_BATCH = 1_000;

async function startProcess(
  name: PeerName,
  setting: Setting,
  environment: Readonly<Record<string, string>>,
): Promise<Child> {
  const { folder, guard, nodePath, properties, batchSize } = setting;
  const configFile = join(folder, 'peer.properties');
  await writeFile(
    configFile,
    propertiesText({
      ...properties,
      'comms.handset.monitor.extract.batch-size': batchSize ?? ROWS_PER_BATCH,
    }),
  );
  return startMeasured({
    name,
    command: nodePath,
    args: [PROGRAM, name],
    env: { PATH: process.env['PATH'], ...environment, COMMS_CONFIG: configFile },
    logFile: join(folder, 'log'),
    guard,
  });
}

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Child } from '../processes/child.js';
import { whileAlive } from '../processes/while-alive.js';
import { until } from '../until.js';
import { camelClassPath } from './camel-class-path.js';
import { camelProperties } from './camel-properties.js';
import type { Contestant } from './contestant.js';
import type { Setting } from './setting.js';

const ROUTES = fileURLToPath(new URL('../../camel/routes.xml', import.meta.url));

/** Starts Apache Camel with the routes of `camel/routes.xml`. Throws `NOT_AVAILABLE` where it can't be had. */
export async function startCamel(setting: Setting): Promise<Contestant> {
  const { folder, signal } = setting;
  const classPath = await camelClassPath();
  const home = join(folder, `camel-${Date.now()}`);
  const configFile = `${home}.properties`;
  const logFile = `${home}.log`;
  await writeFile(configFile, camelProperties(setting, ROUTES));
  const child = await Child.start({
    name: 'Apache Camel',
    command: 'java',
    args: ['-Xmx512m', '-cp', classPath, 'org.apache.camel.main.Main', '-pl', `file:${configFile}`],
    env: { PATH: process.env['PATH'] },
    logFile,
  });
  const failure = child.endedUnasked();
  const hasStarted = async () => (await readFile(logFile, 'utf8')).includes('Routes startup');
  try {
    await whileAlive(
      (both) => until('Apache Camel runs', hasStarted, { everyMs: 50, limitMs: 60_000, signal: both }),
      failure,
      signal,
    );
  } catch (error) {
    await child.stop();
    throw error;
  }
  return {
    pids: [child.pid],
    failure,
    begin: (committed) => Promise.resolve(committed),
    rest: () => Promise.resolve(),
    stop: () => child.stop(),
  };
}

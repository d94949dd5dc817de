import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type App, type Properties, propertiesText, repositoryPath } from '@comms/end-to-end';
import { freePort } from '@comms/test-servers';
import { Child } from '../processes/child.js';
import { nodeEnvironment } from '../processes/node-environment.js';
import { whileAlive } from '../processes/while-alive.js';
import { until } from '../until.js';
import type { Contestant } from './contestant.js';
import { imageSetting } from './image-setting.js';
import type { Setting } from './setting.js';

export interface DaemonsOptions {
  readonly app: App;
  readonly replicas: number;
  /** Beyond those of the setting. */
  readonly properties?: Properties;
  /** Where they are built; this checkout unless told. */
  readonly root?: string;
  /** Of Node.js itself. */
  readonly nodeOptions?: readonly string[];
}

/** Starts built daemons, as shipped, and waits until each is at work and has found nothing to do. */
export async function startDaemons(setting: Setting, options: DaemonsOptions): Promise<Contestant> {
  const { folder, properties, signal } = setting;
  const configFile = join(folder, 'daemon.properties');
  await writeFile(configFile, propertiesText({ ...properties, ...options.properties }));
  const daemons: { readonly child: Child; readonly url: string }[] = [];
  for (let i = 0; i < options.replicas; i += 1) {
    daemons.push(await startDaemon(options, configFile, folder));
  }
  const stop = async () => {
    await Promise.all(daemons.map(({ child }) => child.stop()));
  };
  const failure = Promise.race(daemons.map(({ child }) => child.endedUnasked()));
  try {
    const allIdle = (both: AbortSignal) =>
      Promise.all(daemons.map(({ url }) => untilIdle(options.app, url, both)));
    await whileAlive(allIdle, failure, signal);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    pids: daemons.map(({ child }) => child.pid),
    failure,
    begin: (committed) => Promise.resolve(committed),
    rest: () => Promise.resolve(),
    stop,
  };
}

async function startDaemon(
  { app, nodeOptions = [], root = repositoryPath('') }: DaemonsOptions,
  configFile: string,
  folder: string,
) {
  const port = await freePort();
  const image = await imageSetting();
  const child = await Child.start({
    name: app,
    command: process.execPath,
    args: [...image.nodeOptions, ...nodeOptions, join(root, `dist/apps/${app}/main.js`)],
    env: nodeEnvironment({
      ...image.environment,
      COMMS_CONFIG: configFile,
      COMMS_HEALTH_PORT: String(port),
    }),
    logFile: join(folder, 'log'),
  });
  return { child, url: `http://127.0.0.1:${port}/metrics` };
}

/** It has looked, and so is connected to database and broker. */
async function untilIdle(app: App, url: string, signal: AbortSignal): Promise<void> {
  const isIdle = async () => /^comms_cycles_total\{result="idle"\} [1-9]/m.test(await textOf(url));
  await until(`${app} is idle`, isIdle, { everyMs: 50, limitMs: 60_000, signal });
}

function textOf(url: string): Promise<string> {
  return fetch(url).then(
    (response) => response.text(),
    () => '',
  );
}

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type App, type Properties, propertiesText } from '@comms/daemon-stage';
import { type Child, eventually, repositoryPath } from '@comms/kit';
import { freePort } from '@comms/test-servers';
import { failureOf, startMeasured, whileAlive } from '../processes/measured-child.js';
import { imageSetting } from './image-setting.js';
import type { Contestant, Setting } from './subject.js';

interface DaemonOptions {
  readonly app: App;
  /** Beyond those of the setting. */
  readonly properties?: Properties;
  /** Where they are built; this checkout by default. */
  readonly root?: string;
  /** The program below `root`; by default what is shipped. */
  readonly program?: string;
  /** Of Node.js itself. */
  readonly nodeOptions?: readonly string[];
}

interface DaemonsOptions extends DaemonOptions {
  readonly replicas: number;
}

/** Starts built daemons, as shipped, and waits until each is at work and has found nothing to do. */
export async function startDaemons(setting: Setting, options: DaemonsOptions): Promise<Contestant> {
  const daemons: { readonly child: Child; readonly url: string }[] = [];
  for (let i = 0; i < options.replicas; i += 1) {
    daemons.push(await startDaemon(setting, options));
  }
  const stop = async () => {
    await Promise.all(daemons.map(({ child }) => child.stop()));
  };
  const failure = Promise.race(daemons.map(({ child }) => failureOf(child)));
  try {
    const allIdle = (both: AbortSignal) =>
      Promise.all(daemons.map(({ url }) => untilIdle(options.app, url, both)));
    await whileAlive(allIdle, failure, setting.signal);
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

async function startDaemon(setting: Setting, options: DaemonOptions) {
  const { command, url } = await daemonCommand(setting, options);
  return { child: await startMeasured(command), url };
}

function propertiesOf({ properties, batchSize }: Setting, app: App): Properties {
  if (batchSize === null) return properties;
  const kind = app === 'sms-to-handset' ? 'sms' : 'handset';
  return { ...properties, [`comms.${kind}.monitor.extract.batch-size`]: batchSize };
}

/** How a built daemon is started as shipped, and where its metrics are. */
export async function daemonCommand(setting: Setting, options: DaemonOptions) {
  const { folder, guard, nodePath } = setting;
  const { app, properties, nodeOptions = [], root = repositoryPath('') } = options;
  const { program = `dist/apps/${app}/main.js` } = options;
  const port = await freePort();
  const configFile = join(folder, `daemon-${port}.properties`);
  await writeFile(configFile, propertiesText({ ...propertiesOf(setting, app), ...properties }));
  const image = await imageSetting();
  const command = {
    name: app,
    command: nodePath,
    args: [...image.nodeOptions, ...nodeOptions, join(root, program)],
    env: {
      PATH: process.env['PATH'],
      ...image.environment,
      COMMS_CONFIG: configFile,
      COMMS_HEALTH_PORT: String(port),
    },
    logFile: join(folder, 'log'),
    guard,
  };
  return { command, url: `http://127.0.0.1:${port}/metrics` };
}

/** The daemon has looked for rows, and so is connected to database and broker. */
async function untilIdle(app: App, url: string, signal: AbortSignal): Promise<void> {
  const isIdle = async () => /^comms_cycles_total\{result="idle"\} [1-9]/m.test(await textOf(url));
  await eventually(`${app} is idle`, isIdle, { everyMs: 50, limitMs: 60_000, signal });
}

function textOf(url: string): Promise<string> {
  return fetch(url).then(
    (response) => response.text(),
    () => '',
  );
}

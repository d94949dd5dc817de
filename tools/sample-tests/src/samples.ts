import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repositoryPath } from '@comms/kit';
import { cachedFolder, debianPackage, ifPresent, runCommand, type TestBroker } from '@comms/test-servers';
import { javaProgram } from './java-program.js';

/** A sample consumer, ready to be started. */
export interface Sample {
  readonly language: string;
  readonly command: string;
  /** What comes before the sample's own arguments. */
  readonly args: readonly string[];
  /** The broker's URL as the sample wants it; null where the broker lacks the protocol. */
  readonly urlOf: (broker: TestBroker) => string | null;
  /** The broker's URL of another protocol, spelt as the sample wants its own; null where the broker lacks it. */
  readonly wrongUrlOf: (broker: TestBroker) => string | null;
  /** What it says that it expects where a port speaks something else. */
  readonly speaks: (broker: TestBroker) => string;
  readonly opensX25519: boolean;
}

/** The samples that this machine can run, compiled into `folder` where they must be. */
export async function presentSamples(folder: string): Promise<readonly Sample[]> {
  const found = [
    nodeSample(),
    await ifPresent('java', () => javaSample(join(folder, 'java'))),
    await ifPresent('python', pythonSample),
    await ifPresent('go', () => goSample(join(folder, 'go'))),
  ];
  return found.filter((sample) => sample !== null);
}

function nodeSample(): Sample {
  const args = [repositoryPath('samples/node/consumer.mjs')];
  return {
    language: 'Node',
    command: process.execPath,
    args,
    ...OVER_STOMP,
    opensX25519: true,
  };
}

async function javaSample(output: string): Promise<Sample> {
  await mkdir(output, { recursive: true });
  const classPath = await javaProgram(repositoryPath('samples/java'), output);
  const clientOf = ({ kind }: TestBroker) => (kind === 'classic' ? 'openwire' : 'core');
  const args = ['-XX:TieredStopAtLevel=1', '-cp', classPath, 'CommsConsumer'];
  return {
    language: 'Java',
    command: 'java',
    args,
    urlOf: (broker) => (broker.tcpUrl === null ? null : `${clientOf(broker)}:${broker.tcpUrl}`),
    wrongUrlOf: (broker) => `${clientOf(broker)}:${broker.stompUrl.replace('stomp:', 'tcp:')}`,
    speaks: ({ kind }) =>
      `${kind === 'classic' ? 'OpenWire' : "Artemis's core protocol"}: is it the broker's port for that?`,
    opensX25519: true,
  };
}

async function pythonSample(): Promise<Sample> {
  const requirements = repositoryPath('samples/python/requirements.txt');
  const version = createHash('sha256')
    .update(await readFile(requirements))
    .update(await runCommand('python3', ['--version']))
    .digest('hex')
    .slice(0, 8);
  const environment = await cachedFolder(`python-sample-${version}`, async (draft) => {
    const make = () => runCommand('python3', ['-m', 'venv', draft]);
    await make().catch(async () => {
      await debianPackage('python3-venv');
      await make();
    });
    const install = ['-m', 'pip', 'install', '--quiet', '--requirement', requirements];
    await runCommand(join(draft, 'bin/python'), install);
  });
  const args = [repositoryPath('samples/python/consumer.py')];
  const command = join(environment, 'bin/python');
  return { language: 'Python', command, args, ...OVER_STOMP, opensX25519: true };
}

async function goSample(output: string): Promise<Sample> {
  await mkdir(output, { recursive: true });
  const command = join(output, 'consumer');
  await runCommand('go', ['build', '-o', command, '.'], { cwd: repositoryPath('samples/go') });
  return {
    language: 'Go',
    command,
    args: [],
    urlOf: ({ amqpUrl }) => amqpUrl,
    wrongUrlOf: ({ stompUrl }) => stompUrl.replace('stomp:', 'amqp:'),
    speaks: () => "AMQP 1.0: is it the broker's AMQP port?",
    opensX25519: false,
  };
}

const OVER_STOMP: Pick<Sample, 'urlOf' | 'wrongUrlOf' | 'speaks'> = {
  urlOf: ({ stompUrl }) => stompUrl,
  wrongUrlOf: ({ tcpUrl }) => tcpUrl?.replace('tcp:', 'stomp:') ?? null,
  speaks: () => "STOMP: is it the broker's STOMP port?",
};

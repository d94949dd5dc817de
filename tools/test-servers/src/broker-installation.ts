import { runCommand } from '@comms/kit';
import type { ServerCommand } from './server-process.js';
import { progress, TestServerError } from './reports.js';

/** The programs of one broker, wherever they came from; plain data, since it crosses processes. */
export interface BrokerInstallation {
  readonly source: 'docker' | 'maven' | 'debian';
  readonly version: string;
  /** Java class path; inside the image where there is one. */
  readonly classPath: string;
  readonly image?: string;
  readonly hasWebSocket: boolean;
  readonly hasAmqp: boolean;
}

/** A heap that a test can fill, and a JVM that starts fast on two cores. */
const JVM = ['-Xms64m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];

interface JavaRun {
  /** Where the broker keeps everything; seen under the same path inside a container. */
  readonly folder: string;
  readonly args: readonly string[];
}

/** The command that runs `java` with the installation's class path, natively or in its image. */
export function javaCommand(
  { classPath, image }: BrokerInstallation,
  { folder, args }: JavaRun,
): Pick<ServerCommand, 'command' | 'args' | 'container'> {
  const java = [...JVM, '-cp', `${folder}:${classPath}`, ...args];
  if (image === undefined) return { command: 'java', args: java };
  const container = folder.split('/').at(-1) ?? folder;
  const identity = `${process.getuid?.() ?? 0}:${process.getgid?.() ?? 0}`;
  const docker = ['run', '--rm', '--name', container, '--network', 'host', '--user', identity];
  const mount = ['--volume', `${folder}:${folder}`, '--workdir', folder, '--entrypoint', 'java'];
  return { command: 'docker', args: [...docker, ...mount, image, ...java], container };
}

type Source = () => Promise<BrokerInstallation | undefined>;

/** The first source that has an installation. Each that fails is reported in one line. */
export async function firstInstallation(
  broker: string,
  sources: Readonly<Record<string, Source>>,
): Promise<BrokerInstallation> {
  const reasons: string[] = [];
  for (const [name, source] of Object.entries(sources)) {
    try {
      const found = await source();
      if (found !== undefined) return found;
      reasons.push(`${name}: not here`);
    } catch (error) {
      reasons.push(`${name}: ${firstLine(error)}`);
      progress(`no ${broker} from ${name}: ${firstLine(error)}`);
    }
  }
  throw new TestServerError('NO_SOURCE', `${broker} is not available (${reasons.join('; ')})`);
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? '';
}

const ASK_LIMIT_MS = 10_000;
const PULL_LIMIT_MS = 120_000;

/**
 * The broker of an image, where a Docker engine runs on this machine; `undefined` where none does.
 * @param image with its version; docker/images.yaml lists it
 * @param jar a jar of the broker, without its version; its folder is the class path
 */
export async function dockerInstallation(
  image: string,
  jar: string,
): Promise<BrokerInstallation | undefined> {
  const engineRuns = await runCommand('docker', ['info'], { timeout: ASK_LIMIT_MS }).then(
    () => true,
    () => false,
  );
  if (!engineRuns) return undefined;
  await runCommand('docker', ['image', 'inspect', image]).catch(() => {
    progress(`pulling ${image}`);
    return runCommand('docker', ['pull', '--quiet', image], { timeout: PULL_LIMIT_MS });
  });
  const find = `dirname "$(find /opt -name '${jar}-*.jar' | head -n 1)"`;
  const folder = (
    await runCommand('docker', ['run', '--rm', '--entrypoint', 'sh', image, '-c', find])
  ).trim();
  const classPath = ['', '/optional', '/web'].map((below) => `${folder}${below}/*`).join(':');
  const [, version = 'unknown'] = image.split(':');
  return { source: 'docker', version, classPath, image, hasWebSocket: true, hasAmqp: true };
}

import type { ServerCommand } from './server-process.js';

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

import type { BrokerInstallation } from './broker-installation.js';
import { progress } from './progress.js';
import { runCommand } from './run-command.js';

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

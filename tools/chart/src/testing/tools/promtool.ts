import { join } from 'node:path';
import { cachedFolder, commandEnd } from '@comms/test-servers';
import { debianFiles } from './debian-files.js';

/** The path of promtool: the one of this machine, else that of Debian's package, which is unpacked but not installed. */
export async function promtool(): Promise<string> {
  const own = await commandEnd('promtool', ['--version']).catch(() => undefined);
  if (own?.code === 0) return 'promtool';
  const folder = await cachedFolder('promtool', async (draft) => {
    await debianFiles('prometheus', draft);
  });
  return join(folder, 'usr/bin/promtool');
}

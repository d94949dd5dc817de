import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A file by its path, with what it is to hold. */
export interface NewFile {
  readonly path: string;
  readonly contents: Uint8Array;
}

/**
 * Makes a folder hold these files and no others. A file that holds its content already is not touched: a program that runs
 * from the folder goes on.
 */
export async function putFiles(folder: string, files: readonly NewFile[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all(files.map(putFile));
  const wanted = new Set(files.map(({ path }) => path));
  const present = await readdir(folder, { recursive: true, withFileTypes: true });
  const others = present
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => !wanted.has(path));
  await Promise.all(others.map((path) => rm(path)));
}

async function putFile({ path, contents }: NewFile): Promise<void> {
  const present = await readFile(path).catch(() => undefined);
  if (present?.equals(contents) === true) return;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, contents);
}

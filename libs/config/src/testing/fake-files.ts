import { constants } from 'node:os';

/** What is at a path: a text, bytes, or the error of reading it. */
export type FakeFile = string | Uint8Array | { readonly error: keyof typeof constants.errno };

/** Files in memory that fail as Node.js does. */
export function fakeFiles(files: Readonly<Record<string, FakeFile>>): (path: string) => Uint8Array {
  return (path) => {
    const file = files[path] ?? { error: 'ENOENT' };
    if (typeof file === 'string') return new TextEncoder().encode(file);
    if (file instanceof Uint8Array) return file;
    throw Object.assign(new Error(`${file.error}, ${path}`), {
      code: file.error,
      errno: -constants.errno[file.error],
    });
  };
}

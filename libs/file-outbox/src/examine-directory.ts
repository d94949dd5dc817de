import { unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { DirectoryError, type OnShortcoming, type Shortcoming } from './directory-error.js';
import { randomSuffix, writeDurably } from './durable-file.js';
import { OpenDirectory } from './open-directory.js';

/** What is wrong with a directory, to be read after the name of its property. */
export interface DirectoryFinding {
  readonly problem: string;
  /** Files can be delivered all the same, or can be once the fault has ended by itself. */
  readonly warning: boolean;
}

/**
 * Tests whether files can be delivered into a directory with the rights of this process's user. It writes a file that no
 * reader takes. A directory that has all that is needed has no finding.
 */
export async function examineDirectory(dirname: string): Promise<readonly DirectoryFinding[]> {
  const shortcomings = new Map<string, Shortcoming>();
  const findings = () =>
    [...shortcomings.values()].map(({ text }) => ({ problem: asRemark(text), warning: true }));
  try {
    await probeDirectory(dirname, (shortcoming) => shortcomings.set(shortcoming.code, shortcoming));
    return findings();
  } catch (error) {
    if (!(error instanceof DirectoryError)) throw error;
    return [...findings(), { problem: error.problem, warning: PASSING.has(error.errno) }];
  }
}

/** These end without a change of the configuration. The daemon starts, waits and shows them in its health. */
const PASSING = new Set([
  'EAGAIN',
  'EBUSY',
  'EDQUOT',
  'EHOSTDOWN',
  'EINTR',
  'EIO',
  'EMFILE',
  'ENFILE',
  'ENOLCK',
  'ENOMEM',
  'ENOSPC',
  'EREMOTEIO',
  'ESTALE',
  'ETIMEDOUT',
]);

function asRemark(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}

/**
 * Does all steps of a file's delivery with a file that no reader takes, and removes it. A step that would fail after a file
 * has become visible fails here, where it does no harm.
 *
 * @throws DirectoryError of the first step that fails
 */
export async function probeDirectory(path: string, onShortcoming: OnShortcoming): Promise<void> {
  const directory = await OpenDirectory.open(path, onShortcoming);
  const name = `${PROBE_NAME}.${randomSuffix()}`;
  try {
    const outcome = await writeDurably(directory, name, 'This file tries whether files can be written here.');
    if (outcome.kind !== 'visible') throw outcome.error;
    await directory.sync();
  } finally {
    await unlink(join(path, name)).catch(() => undefined);
    await directory.stop();
  }
}

/** The start of the name of a file that tests the directory. */
export const PROBE_NAME = 'probe';

import { DirectoryError, type Shortcoming } from './directory-error.js';
import { probeDirectory } from './probe-directory.js';

/** What is wrong with a directory, to be read after the name of its property. */
export interface DirectoryFinding {
  readonly problem: string;
  /** Files can be delivered all the same, or can be once the fault has ended by itself. */
  readonly warning: boolean;
}

/**
 * What the check of the configuration finds wrong with a directory, with the rights of this process's user. It writes a
 * file that no reader takes. Returns nothing for a directory into which files can be delivered.
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
    return [...findings(), { problem: error.problem, warning: TRANSIENT.has(error.errno) }];
  }
}

/** Faults that may end without a change of the configuration. The daemon starts, waits and shows them in its health. */
const TRANSIENT = new Set([
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

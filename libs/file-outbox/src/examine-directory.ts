import { DirectoryError } from './directory-error.js';
import { probeDirectory } from './probe-directory.js';
import type { Shortcoming } from './shortcoming.js';

/** What is wrong with a directory, to be read after the name of its property. */
export interface DirectoryFinding {
  readonly problem: string;
  /** Files can be delivered all the same, or will be once what is wrong has passed by itself. */
  readonly warning: boolean;
}

/**
 * Tries with a file that no reader takes whether files can be delivered into a directory, with the rights of the user
 * that this process runs as. Nothing is found in one that has all that is needed.
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

/** These pass without a change of the configuration: the daemon starts, waits, and says so in its health. */
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

import { accessSync, constants, statSync } from 'node:fs';
import { Property } from '@comms/config';
import { IsNotEmpty } from 'class-validator';
import { errnoOf } from './errno.js';

/** Where a daemon that delivers to files puts them. */
export class FileOutboxConfig {
  @Property('.extract.to.dirname', {
    type: 'string',
    description: 'Directory that the files are put into; needed when `…extract.to.type` is `file`.',
    allowed: 'an existing directory that the daemon may write to',
  })
  @IsNotEmpty()
  readonly dirname?: string;
}

/** Why a directory can't take files, as a sentence; undefined when it can. */
export function directoryFault(dirname: string): string | undefined {
  try {
    if (!statSync(dirname).isDirectory()) return 'is not a directory';
    accessSync(dirname, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return errnoOf(error) === 'ENOENT' ? 'does not exist' : 'can not be written to';
  }
}

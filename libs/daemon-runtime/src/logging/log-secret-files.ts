import type { Configuration } from '@comms/config';
import type { Log } from './log.js';

/** Tells in the log when a secret file that is read again has changed, or can't be used. */
export function logSecretFiles({ secretFiles }: Configuration, log: Log): void {
  secretFiles.on('renewed', (secret) => {
    log.info('secret file renewed', { ...secret });
  });
  secretFiles.on('kept', (secret) => {
    log.warn('secret file kept', { ...secret });
  });
}

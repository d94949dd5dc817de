import type { CourierCondition, DeliveryTrouble } from '@comms/delivery';
import { errnoOf } from './errno.js';

/** What was last seen of the directory, in the words of its errno. */
export class DirectoryState {
  private current: Omit<CourierCondition, 'part' | 'name'> = { state: 'unknown', since: new Date() };

  constructor(private readonly directory: string) {}

  condition(): CourierCondition {
    return { part: 'directory', name: this.directory, ...this.current };
  }

  up(): void {
    if (this.current.state !== 'up') this.current = { state: 'up', since: new Date() };
  }

  /** Keeps the time at which the trouble began. */
  down(error: unknown): DeliveryTrouble {
    const errno = errnoOf(error);
    const trouble = {
      code: `DIRECTORY_${errno}`,
      text: `Writing to the directory ${this.directory} failed: ${EXPLANATIONS[errno] ?? errno}.`,
    };
    const since = this.current.state === 'down' ? this.current.since : new Date();
    this.current = { ...trouble, state: 'down', since };
    return trouble;
  }
}

const EXPLANATIONS: Readonly<Record<string, string>> = {
  EACCES: 'this process has no right to it (EACCES)',
  EDQUOT: 'the quota is used up (EDQUOT)',
  EIO: 'the device answered with an error (EIO)',
  EMFILE: 'this process has too many files open (EMFILE)',
  ENOENT: 'it does not exist (ENOENT)',
  ENOSPC: 'no space is left on the device (ENOSPC)',
  ENOTDIR: 'it is not a directory (ENOTDIR)',
  EPERM: 'the operation is not permitted (EPERM)',
  EROFS: 'it is mounted read-only (EROFS)',
};

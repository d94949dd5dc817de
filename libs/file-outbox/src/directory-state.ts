import type { CourierCondition, DeliveryTrouble } from '@comms/delivery';
import type { DirectoryError } from './directory-error.js';

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
  down({ code, problem }: DirectoryError): DeliveryTrouble {
    const trouble = { code, text: `The directory ${this.directory} ${problem}.` };
    const since = this.current.state === 'down' ? this.current.since : new Date();
    this.current = { ...trouble, state: 'down', since };
    return trouble;
  }
}

import type { Parsed } from '../parse-value.js';

/**
 * What happens to files that are read again at each connect.
 * - `renewed`: they hold other content than before, which is used from now on.
 * - `kept`: they cannot be used, so the last good content stays in use. Reported once per fault.
 */
export type TlsFileEvent = { readonly kind: 'renewed' } | { readonly kind: 'kept'; readonly text: string };

/** The last good content of files that may be replaced while the process runs, one file before the other. */
export class LastGood<T> {
  private last: T | undefined;
  /** The problem that was reported last, while it lasts. */
  private reported: string | undefined;

  /** What the files hold now, or the last good content; a problem where there never was good content. */
  take(now: Parsed<T>, report: (event: TlsFileEvent) => void): Parsed<T> {
    if ('problem' in now) {
      if (this.last === undefined) return now;
      if (this.reported !== now.problem) report({ kind: 'kept', text: now.problem });
      this.reported = now.problem;
      return { value: this.last };
    }
    const isNew = this.last !== undefined && JSON.stringify(this.last) !== JSON.stringify(now.value);
    this.last = now.value;
    this.reported = undefined;
    if (isNew) report({ kind: 'renewed' });
    return now;
  }
}

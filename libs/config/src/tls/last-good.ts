import type { Parsed } from '../parsed.js';

/**
 * What becomes of files that are read anew at each connect.
 * - `renewed`: they hold another content than before, which is used from now on.
 * - `kept`: they can't be used, and the last good content stays; told once, until they are well again or ail otherwise.
 */
export type TlsFileEvent = { readonly kind: 'renewed' } | { readonly kind: 'kept'; readonly text: string };

/** The last good content of files that may be replaced while the process runs, one of them before the other. */
export class LastGood<T> {
  #last: T | undefined;
  #ailing: string | undefined;

  /** What the files hold now, or the last good content; a problem where there never was one. */
  take(now: Parsed<T>, tell: (event: TlsFileEvent) => void): Parsed<T> {
    if ('problem' in now) {
      if (this.#last === undefined) return now;
      if (this.#ailing !== now.problem) tell({ kind: 'kept', text: now.problem });
      this.#ailing = now.problem;
      return { value: this.#last };
    }
    const isNew = this.#last !== undefined && JSON.stringify(this.#last) !== JSON.stringify(now.value);
    this.#last = now.value;
    this.#ailing = undefined;
    if (isNew) tell({ kind: 'renewed' });
    return now;
  }
}

/**
 * What became of one message that a courier was given.
 * - `sent`: it is on the broker's disk, or in its file and the directory synced. `reference` is the file's name.
 * - `retry`: this row was refused; a later try can help.
 * - `failed`: this row was refused; no later try can help.
 * - `untouched`: it was certainly not put, through no fault of the row.
 * - `unknown`: it may have been put, through no fault of the row.
 *
 * `code` is stable, for operators and metrics; `text` never holds a message, target or key.
 */
export type PutOutcome =
  | { readonly kind: 'sent'; readonly reference?: string }
  | {
      readonly kind: 'retry' | 'failed' | 'untouched' | 'unknown';
      readonly code: string;
      readonly text: string;
    };

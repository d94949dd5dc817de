/**
 * What became of one message that a courier was given.
 * - `sent`: it is on the broker's disk, or in its file and the directory synced. `reference` is the file's name.
 * - `retry`: this row is at fault; a later try can help.
 * - `failed`: this row is at fault; no later try can help.
 * - `untouched`: it was certainly not put, through no fault of the row.
 * - `unknown`: it may have been put, through no fault of the row.
 *
 * A row at fault `mayBePut` all the same, where no answer came. One that is untouched or unknown is `suspect` where the
 * broker works, and only such messages are known to be in trouble.
 *
 * `code` is stable, for operators and metrics; `text` never holds a message, target or key.
 */
export type PutOutcome =
  | { readonly kind: 'sent'; readonly reference?: string }
  | ({ readonly kind: 'retry' | 'failed'; readonly mayBePut?: boolean } & PutReason)
  | ({ readonly kind: 'untouched' | 'unknown'; readonly suspect?: boolean } & PutReason);

interface PutReason {
  readonly code: string;
  readonly text: string;
}

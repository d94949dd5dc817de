import type { RowFault } from './verdict.js';

/**
 * Codes of rows at fault, whatever the store and the courier. Each has a `meaning`, which is also the text of the fault: a
 * sentence without its full stop, in plain text. Each has a `remedy`, in Markdown with links from docs/.
 */
export const ROW_CODES = {
  MESSAGE_MISSING: {
    meaning: 'The row has no message to send',
    remedy: 'correct the row upstream, which left no text; then requeue it',
  },
  MESSAGE_TOO_LONG: {
    meaning: 'The text has more bytes than …extract.max-message-bytes, and was not loaded',
    remedy:
      'shorten the text upstream, or raise the property and the memory of the daemon; then requeue the row',
  },
  MESSAGE_PUT_NOT_RECORDED: {
    meaning: 'The message is on the queue, or in the directory, and its status could not be written',
    remedy:
      'correct the constraint or trigger that was added to the table; then set the row to `S` or `P`, as ' +
      '[errors rising](operations.md#errors-rising) or [rows set aside](operations.md#rows-set-aside) shows. To requeue ' +
      "it would send it a second time (Artemis drops that, unless `sending` is set to `'0'` before)",
  },
} as const;

/** What the program itself did wrong. */
export const COURIER_DEFECT_CODES = {
  COURIER_NO_ANSWER: { meaning: 'A batch lacks the outcome of a message; its row stays as it was' },
} as const;

/** The fault of a row, as it is recorded. */
export function rowFault(code: keyof typeof ROW_CODES): RowFault {
  return { code, text: `${ROW_CODES[code].meaning}.` };
}

import type { FailedVerdict, RowFault, Verdict } from './ports.js';

/** Whether the message of a row with this verdict is on the queue, or in the directory. */
export function isPut({ status }: Verdict): boolean {
  return status === 'S' || status === 'P';
}

/**
 * What becomes of a row whose verdict the store refuses to write. One that was put gets a code of its own, so that it is
 * not sent again with others; one that was not put has failed for the reason that it had, without a further try.
 */
export function unrecorded(verdict: Verdict): FailedVerdict {
  const { code, text } = 'code' in verdict ? verdict : MESSAGE_PUT_NOT_RECORDED;
  return { distributionId: verdict.distributionId, status: 'E', code, text };
}

const MESSAGE_PUT_NOT_RECORDED: RowFault = {
  code: 'MESSAGE_PUT_NOT_RECORDED',
  text: 'The message is on the queue, or in the directory; its status could not be written.',
};

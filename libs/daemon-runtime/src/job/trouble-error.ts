import type { Trouble } from './daemon-job.js';

/** Carries the trouble of a poll to the poller, which pauses. */
export class TroubleError extends Error {
  override readonly name = 'TroubleError';
  readonly code: string;

  constructor({ code, text }: Trouble) {
    super(text);
    this.code = code;
  }
}

import { usageOf } from '../processes/usage-of.js';
import type { Contestant } from '../subjects/contestant.js';
import type { Window } from './digest-profile.js';

/** What one process has done in its last pass. */
export interface LastPass {
  readonly window: Window;
  /** Processor time of its main thread, in seconds; null where the system does not tell. */
  readonly threadSeconds: number | null;
}

export interface WatchedContestant {
  readonly contestant: Contestant;
  lastPass(): LastPass;
}

/** The same contestant, of one process, which tells of its last pass. */
export function watchContestant(contestant: Contestant): WatchedContestant {
  const [pid = NaN] = contestant.pids;
  const moment = async () => ({
    at: Number(process.hrtime.bigint() / 1_000n),
    threadSeconds: (await usageOf(pid)).threadSeconds ?? NaN,
  });
  let begun = { at: NaN, threadSeconds: NaN };
  let ended = begun;
  const watched: Contestant = {
    ...contestant,
    begin: async (committed) => {
      begun = await moment();
      return contestant.begin(committed);
    },
    rest: async () => {
      ended = await moment();
      await contestant.rest();
    },
  };
  const lastPass = () => {
    const seconds = ended.threadSeconds - begun.threadSeconds;
    return {
      window: { from: begun.at, to: ended.at },
      threadSeconds: Number.isNaN(seconds) ? null : seconds,
    };
  };
  return { contestant: watched, lastPass };
}

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BenchError } from '../bench-error.js';
import type { Profile } from '../results/findings.js';
import { measureRound } from '../rounds/measure-round.js';
import type { WorkSize } from '../rounds/measure-subject.js';
import { type Contestant, settingOf } from '../subjects/subject.js';
import type { Servers } from '../servers/open-servers.js';
import { QueueDrain } from '../servers/queue-drain.js';
import { startDaemons } from '../subjects/daemons.js';
import { DistributionRows } from '../work/distribution-rows.js';
import { type CpuProfile, digestProfile, type Window } from './digest-profile.js';
import { usageOf } from '../processes/usage.js';

const FILE = 'daemon.cpuprofile';
const WARM_UP_SHARE = 0.1;
/** Before it is joined into few files: its own files show whose code a function is. */
const PROGRAM = 'apps/push-to-handset/dist/main.js';

/** One round of the plain daemon with the profiler of Node.js on. Start and warm-up are not counted. */
export async function measureProfile(
  { rows, messageBytes, batchSize }: WorkSize,
  { servers, signal }: { readonly servers: Servers; readonly signal: AbortSignal },
): Promise<Profile> {
  const { pool, broker, folder } = servers;
  const queue = 'comms.bench.profile';
  const work = new DistributionRows(pool, { method: 'PUSH', messageBytes });
  const setting = settingOf(servers, { queue, batchSize, schedule: '10ms' }, signal);
  const nodeOptions = ['--cpu-prof', `--cpu-prof-dir=${folder}`, `--cpu-prof-name=${FILE}`];
  const arrivals = await QueueDrain.open(broker, queue);
  try {
    const one = { app: 'push-to-handset', replicas: 1, program: PROGRAM, nodeOptions } as const;
    const daemon = await startDaemons(setting, one);
    const watched = watchContestant(daemon);
    const round = { work, arrivals, rows, warmUpRows: Math.ceil(rows * WARM_UP_SHARE), signal };
    // The profile is written when the process ends.
    const result = await measureRound(watched.contestant, round).finally(() => daemon.stop());
    const profile = JSON.parse(await readFile(join(folder, FILE), 'utf8')) as CpuProfile;
    return {
      rows,
      rowsPerSecond: Math.round(result.rowsPerSecond),
      cpuPerRow: result.cpuMsPer1000 === null ? null : rounded(result.cpuMsPer1000),
      ...perRow(profile, watched.lastPass(), rows),
    };
  } finally {
    await arrivals.close();
  }
}

/** The profiler counts time in which the thread waits for a core; what the system counts for the thread does not. */
function perRow(profile: CpuProfile, { window, threadSeconds }: LastPass, rows: number) {
  const { total, parts, functions } = digestProfile(profile, window);
  if (total === 0) throw new BenchError('WRONG_RESULT', 'the profile holds nothing of the measured time');
  const used = threadSeconds === null ? total : threadSeconds * 1_000_000;
  const share = (time: number) => rounded(((time / total) * used) / rows);
  const shares = Object.entries(parts).map(([name, time]) => [name, share(time)]);
  return {
    threadPerRow: rounded(used / rows),
    parts: Object.fromEntries(shares) as Profile['parts'],
    functions: functions.map(({ time, ...named }) => ({ ...named, time: share(time) })),
  };
}

function rounded(microseconds: number): number {
  return Math.round(microseconds * 100) / 100;
}

/** What one process has done in its last pass. */
interface LastPass {
  readonly window: Window;
  /** Processor time of its main thread, in seconds; null where the system does not show it. */
  readonly threadSeconds: number | null;
}

interface WatchedContestant {
  readonly contestant: Contestant;
  lastPass(): LastPass;
}

/** The same contestant, of one process, with a report on its last pass. */
function watchContestant(contestant: Contestant): WatchedContestant {
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

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { FileArrivals } from '../servers/file-arrivals.js';
import type { Servers } from '../servers/open-servers.js';
import { QueueDrain } from '../servers/queue-drain.js';
import { settingOf, type Subject } from '../subjects/subject.js';
import { type Arrivals, measureRound, type RoundResult } from './measure-round.js';

export interface WorkSize {
  readonly rows: number;
  readonly messageBytes: number;
  readonly batchSize: number | null;
}

/** Slow subjects get this part of the rows. */
const SLOW_SHARE = 0.05;
/** This part of the rows goes first and does not count, so that no subject is measured cold. */
const WARM_UP_SHARE = 0.1;

/** So often that the wait for a beat does not matter. */
const SCHEDULE = '10ms';

/** One round of one subject, from the start of its processes to their end. */
export async function measureSubject(
  subject: Subject,
  size: WorkSize,
  { servers, signal }: { readonly servers: Servers; readonly signal: AbortSignal },
): Promise<RoundResult> {
  const { folder, pool } = servers;
  const queue = `comms.bench.${randomUUID()}`;
  const directory = join(folder, queue);
  const rows = Math.ceil(size.rows * (subject.slow ? SLOW_SHARE : 1));
  const handset = { queue, batchSize: size.batchSize, schedule: SCHEDULE };
  const setting = { ...settingOf(servers, handset, signal), directory };
  const arrivals = await arrivalsOf(subject, servers, { queue, directory });
  try {
    await arrivals?.reset();
    const contestant = await subject.start(setting);
    const work = subject.work(pool, size.messageBytes);
    const warmUpRows = Math.ceil(rows * WARM_UP_SHARE);
    try {
      return await measureRound(contestant, { work, arrivals, rows, warmUpRows, signal });
    } finally {
      await contestant.stop();
    }
  } finally {
    await arrivals?.close();
  }
}

interface Places {
  readonly queue: string;
  readonly directory: string;
}

function arrivalsOf(
  { to }: Subject,
  { broker }: Servers,
  { queue, directory }: Places,
): Promise<Arrivals | null> {
  switch (to) {
    case 'queue':
      return QueueDrain.open(broker, queue);
    case 'files':
      return Promise.resolve(new FileArrivals(directory));
    case 'nowhere':
      return Promise.resolve(null);
  }
}

import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { Interruption } from '@comms/kit';
import { DemoRows } from './results/demo-rows.js';
import { invitation } from './show/invitation.js';
import type { RequestIds } from './comms/sample-comms.js';
import type { DemoContext, RunningDemo } from './start-demo.js';

/**
 * Shows commands to try, and stays up until the abort. A broker that has refused comms now accepts them, so that their
 * next try can be seen. Throws where the abort has another reason than an interruption.
 */
export async function stayUp(demo: RunningDemo, ids: RequestIds, context: DemoContext): Promise<void> {
  const { screen, abort } = context;
  screen.line();
  screen.line(screen.paint('bold', 'Have a look'));
  for (const [what, command] of invitation(demo)) {
    screen.line(`  ${screen.paint('dim', `# ${what}`)}`);
    screen.line(`  ${command}`);
  }
  screen.line();
  screen.line(`${screen.paint('bold', 'Ctrl-C')} ends it all and removes ${demo.folder.path}.`);
  await seeRetries(demo, ids, context).catch((error: unknown) => {
    if (!abort.signal.aborted) throw error;
  });
  if (!abort.signal.aborted) await once(abort.signal, 'abort');
  if (!(abort.signal.reason instanceof Interruption)) throw abort.signal.reason;
}

async function seeRetries(
  { database, broker }: RunningDemo,
  ids: RequestIds,
  context: DemoContext,
): Promise<void> {
  const { screen, abort } = context;
  const rows = new DemoRows(database.client);
  const refused = await refusedOf(rows, ids);
  if (refused === 0 || broker.relent === undefined) return;
  broker.relent();
  screen.line(`The broker now takes the ${refused} refused comms: they go at their next try.`);
  do {
    await setTimeout(POLL_MS, undefined, { signal: abort.signal });
  } while ((await refusedOf(rows, ids)) > 0);
  const time = new Date().toTimeString().slice(0, 8);
  screen.line(`${time} All ${refused} have been tried again; none is left at R.`);
}

const POLL_MS = 1_000;

/** How many were refused and are not delivered yet. */
async function refusedOf(rows: DemoRows, ids: RequestIds): Promise<number> {
  const tally = await rows.tally(ids);
  return Object.values(tally).reduce((sum, { R, D }) => sum + R + D, 0);
}

import type { Child } from '@comms/kit';
import { DemoError } from '../demo-error.js';

/** A daemon that is to end. */
interface StoppableDaemon {
  readonly child: Pick<Child, 'hasExited' | 'stop'>;
  /** Whether it is past its start, so that SIGTERM must end it with 0. */
  readonly atWork: boolean;
}

/** Ends a daemon with SIGTERM. Rejects where it was at work, and does not exit with 0. */
export async function stopDaemon({ child, atWork }: StoppableDaemon): Promise<void> {
  if (child.hasExited) return;
  const end = await child.stop();
  const wasStarting = !atWork && end === 'SIGTERM';
  if (end !== 0 && !wasStarting) throw new DemoError('DAEMON_ENDED', `ended with ${end} after SIGTERM`);
}

import { programOf, type User } from '@comms/daemon-stage';
import { commandEnd } from '@comms/kit';

/** No user of this machine has these ids. */
const OTHER: User = { uid: 10_001, gid: 10_001 };

/**
 * Another user, to whom file rights apply. Null, and one line on standard error, where daemons cannot run as another
 * user.
 */
export async function otherUser(): Promise<User | null> {
  const reason = await hindrance();
  if (reason === undefined) return OTHER;
  process.stderr.write(`faults: ${reason}, cases of another user are skipped\n`);
  return null;
}

async function hindrance(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return 'this process is not root';
  const end = await commandEnd(process.execPath, [programOf('sms-to-handset'), '--help'], OTHER).catch(
    () => undefined,
  );
  return end?.code === 0 ? undefined : 'other users cannot read this folder';
}

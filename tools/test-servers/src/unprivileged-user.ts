import { runCommand } from '@comms/kit';

/** The user that a process runs as; empty where that is the user of this process. */
export interface Identity {
  uid?: number;
  gid?: number;
}

/**
 * PostgreSQL and PgBouncer refuse to run as root; there, Debian's own name for their user is taken, and made where it is
 * missing.
 */
export async function unprivilegedUser(): Promise<Identity> {
  if (process.getuid?.() !== 0) return {};
  await runCommand('id', ['-u', 'postgres']).catch(() =>
    runCommand('useradd', ['--system', '--user-group', 'postgres']),
  );
  return {
    uid: Number(await runCommand('id', ['-u', 'postgres'])),
    gid: Number(await runCommand('id', ['-g', 'postgres'])),
  };
}

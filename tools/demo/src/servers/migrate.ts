import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DemoError } from '../demo-error.js';
import { inRepository } from '../in-repository.js';

/** Brings the database to the current schema, as `npm run db:migrate` does. Throws `NOT_MIGRATED`. */
export async function migrate(env: NodeJS.ProcessEnv): Promise<void> {
  const script = inRepository('libs/distribution-store/dist/migrate.main.js');
  try {
    await promisify(execFile)(process.execPath, [script], { env });
  } catch (error) {
    const { stderr = '' } = error as { stderr?: string };
    throw new DemoError('NOT_MIGRATED', `The tables could not be made.\n${stderr.trimEnd()}`, {
      cause: error,
    });
  }
}

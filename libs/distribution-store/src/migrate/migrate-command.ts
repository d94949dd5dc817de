import { databaseCommand } from '../commands/database-command.js';
import { migrate } from './migrate.js';

/** `npm run db:migrate`: returns the exit code: 0, 78 for a bad configuration, or 70. */
export function migrateCommand(): Promise<number> {
  return databaseCommand(migrate);
}

import { databaseCommand } from '../commands/database-command.js';
import { keepMonths } from './keep-months.js';
import { parseArguments, USAGE } from './parse-arguments.js';

/** `npm run db:keep-months`: returns the exit code, 0, 78 for a bad configuration or argument, or 70. */
export async function keepMonthsCommand(args: readonly string[]): Promise<number> {
  const asked = parseArguments(args);
  if ('help' in asked) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  if ('problem' in asked) {
    process.stderr.write(`${asked.problem}\n\n${USAGE}\n`);
    return 78;
  }
  return databaseCommand((config, say) => keepMonths(config, say, asked.retention));
}

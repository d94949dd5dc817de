import { parseArgs } from 'node:util';

export type Arguments =
  { readonly retention?: string } | { readonly help: true } | { readonly problem: string };

export const USAGE = `npm run db:keep-months -- [options]    (with the -- in front of them)

Makes the partitions of the months to come, and drops the old ones where a retention is given.

  --drop-older-than TIME  drop the months in which all rows are older than this, and finished: a whole number of
                          days, months or years, such as '12 months'. Without it nothing is dropped.
  --help                  this text

It works on the database of comms.datasource.*, as db:migrate does. sql/months.sql must have been run there.
Exit codes: 0 done, 78 faults in the configuration or the arguments, 70 anything unexpected.`;

/** Reads the command line; what is wrong with it is returned as a sentence. */
export function parseArguments(args: readonly string[]): Arguments {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    if (values.help === true) return { help: true };
    const retention = values['drop-older-than'];
    return retention === undefined ? {} : { retention: retentionOf(retention) };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

const OPTIONS = { 'drop-older-than': { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;

/** PostgreSQL counts 30 days as a month. */
function retentionOf(text: string): string {
  if (/^(([3-9]\d|[1-9]\d{2,3}) days|[1-9]\d{0,2} (month|year)s?)$/.test(text)) return text;
  throw new Error(
    `--drop-older-than must be a whole number of days, months or years, a month at least, not '${text}'`,
  );
}

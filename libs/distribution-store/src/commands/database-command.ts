import { type Fault, loadConfiguration, type LoadedConfiguration, renderFaults } from '@comms/config';
import { DATASOURCE_CHECKS } from '../configuration/datasource-checks.js';
import { DatasourceConfig } from '../configuration/datasource.config.js';
import { StoreError } from '../store-error.js';

/**
 * A command on the configured database, which prints its progress on standard output and its failure on standard error.
 * Returns the exit code: 0, 78 for a bad configuration, or 70.
 */
export async function databaseCommand(
  work: (config: DatasourceConfig, say: Say) => Promise<void>,
): Promise<number> {
  const { configuration, faults = [], warnings } = await loadOwnConfiguration();
  process.stderr.write(renderFaults([...faults, ...warnings.filter(isOfDatasource)]));
  if (configuration === undefined) return 78;
  try {
    await work(configuration.get(DatasourceConfig), (line) => process.stdout.write(`${line}\n`));
    return 0;
  } catch (error) {
    const text = error instanceof StoreError ? `${error.code}: ${error.message}` : 'STORE_UNEXPECTED';
    process.stderr.write(`${text}\n`);
    return 70;
  }
}

/** Names of variables and keys that look like those of this command. */
function isOfDatasource({ key }: Fault): boolean {
  return /^comms[._]?datasource/i.test(key);
}

/** The file may serve the daemons too, so keys outside `comms.datasource` are left to them. */
async function loadOwnConfiguration(): Promise<LoadedConfiguration> {
  const load = (knownKeys: readonly string[]) =>
    loadConfiguration({ sections: [{ type: DatasourceConfig }], knownKeys, checks: DATASOURCE_CHECKS });
  const { faults = [] } = await load([]);
  return load(faults.map(({ key }) => key).filter((key) => /^comms\.(?!data)/i.test(key)));
}

/** Takes one line of progress. */
export type Say = (line: string) => void;

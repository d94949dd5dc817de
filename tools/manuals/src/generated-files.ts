import { readFileSync } from 'node:fs';
import { CODE_TABLES, DAEMON_CATALOGUE } from '@comms/daemons';
import { format } from 'prettier';
import { chartManual } from './chart-manual.js';
import { configurationManual } from './configuration-manual.js';
import { operationsManual } from './operations-manual.js';
import { daemonProperties } from './property-schema.js';
import { valuesSchema } from './values-schema.js';

const CHART = 'k8s/chart';
const OPERATIONS = 'docs/operations.md';

/** All files that are generated, in whole or in part, by their paths from the root of the repository. */
export async function generatedFiles(): Promise<Readonly<Record<string, string>>> {
  const daemons = daemonProperties();
  const keys = Object.entries(daemons).map(([app, known]) => [app, known.map(({ key }) => key)]);
  return {
    'docs/configuration.md': await configurationManual(DAEMON_CATALOGUE),
    [OPERATIONS]: await operationsManual(readFileSync(OPERATIONS, 'utf8'), CODE_TABLES),
    [`${CHART}/values.schema.json`]: await json(valuesSchema(daemons)),
    [`${CHART}/files/properties-by-daemon.json`]: await json(Object.fromEntries(keys)),
    [`${CHART}/README.md`]: await chartManual(readFileSync(`${CHART}/values.yaml`, 'utf8')),
  };
}

function json(value: unknown): Promise<string> {
  return format(JSON.stringify(value), { parser: 'json', printWidth: 110 });
}

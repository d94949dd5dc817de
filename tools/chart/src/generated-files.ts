import { readFileSync } from 'node:fs';
import { format } from 'prettier';
import { chartManual } from './chart-manual.js';
import { daemonProperties } from './daemon-properties.js';
import { valuesSchema } from './values-schema.js';

/** What is generated below the folder of the chart, by path. */
export async function generatedFiles(chart: string): Promise<Readonly<Record<string, string>>> {
  const daemons = daemonProperties();
  const keys = Object.entries(daemons).map(([app, known]) => [app, known.map(({ key }) => key)]);
  return {
    'values.schema.json': await json(valuesSchema(daemons)),
    'files/properties-by-daemon.json': await json(Object.fromEntries(keys)),
    'README.md': await chartManual(readFileSync(`${chart}/values.yaml`, 'utf8')),
  };
}

function json(value: unknown): Promise<string> {
  return format(JSON.stringify(value), { parser: 'json', printWidth: 110 });
}

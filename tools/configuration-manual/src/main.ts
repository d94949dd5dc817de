import { readFileSync, writeFileSync } from 'node:fs';
import { DAEMON_CATALOGUE } from '@comms/daemons';
import { configurationManual } from './configuration-manual.js';

const MANUAL = 'docs/configuration.md';

const manual = await configurationManual(DAEMON_CATALOGUE);
if (!process.argv.includes('--check')) {
  writeFileSync(MANUAL, manual);
  console.log(`${MANUAL} written`);
} else if (readFileSync(MANUAL, 'utf8') === manual) {
  console.log(`${MANUAL} is fresh`);
} else {
  console.error(`${MANUAL} is not what the configuration classes say: run npm run docs:generate`);
  process.exitCode = 1;
}

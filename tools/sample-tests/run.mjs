import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * Runs the sample consumers: `node tools/sample-tests/run.mjs [more for Jest]`. Ends with 69 where nothing of it can run on
 * this machine.
 */
const EXIT_CODE_UNAVAILABLE = 69;

const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const folder = mkdtempSync(join(tmpdir(), 'comms-sample-tests-'));
const results = join(folder, 'results.json');
const options = ['--config', join(import.meta.dirname, 'jest.config.mjs'), '--json', '--outputFile', results];
const { status } = spawnSync(
  process.execPath,
  ['--experimental-vm-modules', jest, ...options, '--runInBand', ...process.argv.slice(2)],
  { cwd: resolve(import.meta.dirname, '../..'), stdio: ['inherit', 'ignore', 'inherit'] },
);
process.exitCode = status === 0 && ranNothing() ? EXIT_CODE_UNAVAILABLE : (status ?? 1);
rmSync(folder, { recursive: true, force: true });

function ranNothing() {
  const { numPassedTests } = JSON.parse(readFileSync(results, 'utf8'));
  if (numPassedTests === 0) process.stderr.write('No sample can run on this machine: see the lines above.\n');
  return numPassedTests === 0;
}

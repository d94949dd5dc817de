import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

/**
 * Runs the fault suite: `node tools/faults/run.mjs [--long] [more for Jest]`. `--long` asks for all of each case; without it
 * the suite takes minutes.
 */
const asked = process.argv.slice(2);
const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const configuration = join(import.meta.dirname, 'jest.config.mjs');
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    jest,
    '--config',
    configuration,
    '--maxWorkers=2',
    ...asked.filter((argument) => argument !== '--long'),
  ],
  {
    cwd: resolve(import.meta.dirname, '../..'),
    stdio: 'inherit',
    env: { ...process.env, ...(asked.includes('--long') && { COMMS_FAULTS_LONG: '1' }) },
  },
);
process.exitCode = status ?? 1;

import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandEnd, repositoryPath } from '@comms/kit';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

const JEST = createRequire(import.meta.url).resolve('jest/bin/jest');
const LIMIT_MS = 300_000;

describe('npm run test:apiserver where there is no Go', () => {
  let empty: string;
  beforeEach(async () => {
    empty = await mkdtemp(join(tmpdir(), 'comms-no-go-'));
  });
  afterEach(() => rm(empty, { recursive: true }));

  const run = (environment: NodeJS.ProcessEnv) => {
    const args = [
      '--experimental-vm-modules',
      JEST,
      '--config',
      repositoryPath('tools/chart/jest.config.mjs'),
    ];
    return commandEnd(process.execPath, args, {
      env: { ...process.env, COMMS_TEST_REQUIRE: '', COMMS_TEST_CACHE: empty, PATH: empty, ...environment },
    });
  };

  it(
    'ends with 69, for nothing was shown',
    async () => {
      expect(await run({})).toMatchObject({ code: 69 });
    },
    LIMIT_MS,
  );

  it(
    'fails where Go is required',
    async () => {
      expect(await run({ COMMS_TEST_REQUIRE: 'go' })).toMatchObject({ code: 1 });
    },
    LIMIT_MS,
  );
});

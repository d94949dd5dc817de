import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestDatabase, testPostgres } from '@comms/test-servers';
import { migrateCommand } from './migrate-command.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comms-migrate-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('npm run db:migrate', () => {
  const environment = { ...process.env };
  let database: TestDatabase;
  let output: string;
  let errors: string;
  beforeEach(async () => {
    database = await (await testPostgres()).createDatabase();
    output = errors = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
      output += String(text);
      return true;
    });
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
      errors += String(text);
      return true;
    });
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    process.env = { ...environment };
    await database.drop();
  });

  it('migrates the configured database, reports what it did, and ends with 0', async () => {
    process.env['COMMS_DATASOURCE_URL'] = database.url;
    expect(await migrateCommand()).toBe(0);
    expect(output).toMatch(/^5 to run\.\nCreateCommsRequestTarget\d+ done in \d+ ms\.\n/);
    expect(output).toMatch(/The database has the current schema\.\n$/);
    expect(errors).toBe('');
  });

  it('reads the file of the daemons, and checks only its own keys', async () => {
    process.env['COMMS_CONFIG'] = await aFile(
      `comms.datasource.url=${database.url}\ncomms.broker.url=stomp://h:1\ncomms.handset.monitor.extract.schedule=1s\n`,
    );
    expect(await migrateCommand()).toBe(0);
  });

  it('ends with 78 and a line for each of its own faults', async () => {
    process.env['COMMS_CONFIG'] = await aFile(
      'comms.datasource.ulr=postgres://u:secret@h/d\ncomms.datasource.schema=a b\ncomms.broker.url=x\n',
    );
    expect(await migrateCommand()).toBe(78);
    expect(errors.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^comms\.datasource\.ulr .*the nearest known key is comms\.datasource\.url$/),
      expect.stringMatching(/^comms\.datasource\.url \(not set\): is required/),
      expect.stringMatching(/^comms\.datasource\.schema .*"a b" is not allowed/),
    ]);
    expect(errors).not.toContain('secret');
  });

  it.each(['comms.datasourc.schema', 'comms.datasource-schema'])(
    'refuses the misspelt key %s',
    async (key) => {
      process.env['COMMS_CONFIG'] = await aFile(`${key}=comms2\n`);
      expect(await migrateCommand()).toBe(78);
      expect(errors).toContain(`${key} `);
    },
  );

  it('warns of a variable that sets nothing, but not of those of the daemons', async () => {
    process.env['COMMS_DATASOURCE_POOLING_LIMIT'] = '5';
    process.env['COMMS_BROKER_URL'] = 'stomp://broker:61613';
    try {
      await migrateCommand();
      expect(errors.split('\n').filter((line) => line.startsWith('warning'))).toEqual([
        'warning: COMMS_DATASOURCE_POOLING_LIMIT (environment variable): is not known, and sets nothing',
      ]);
    } finally {
      delete process.env['COMMS_DATASOURCE_POOLING_LIMIT'];
      delete process.env['COMMS_BROKER_URL'];
    }
  });

  it('ends with 70 and the reason when the database refuses', async () => {
    process.env['COMMS_DATASOURCE_URL'] = Object.assign(new URL(database.url), { password: 'secret' }).href;
    expect(await migrateCommand()).toBe(70);
    expect(errors).toMatch(/^STORE_LOGIN_REFUSED: The database refused the login/);
    expect(errors).not.toContain('secret');
  });
});

async function aFile(content: string): Promise<string> {
  const file = join(folder, 'comms.properties');
  await writeFile(file, content);
  return file;
}

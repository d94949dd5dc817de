import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  countOf,
  deliveredTrace,
  type DistributionRow,
  distributionRows,
  expectedDocument,
  insertRows,
  longText,
  newRecipient,
  type Properties,
  readDocument,
  sampleRows,
  Stage,
  traceOf,
} from '@comms/daemon-stage';

jest.setTimeout(180_000);

const COUNT = 2000;
const recipient = newRecipient('symmetric');

describe.each([
  { title: 'plain', ending: 'json', open: String },
  { title: 'encrypted', ending: 'jwe', open: async (jwe: string) => (await recipient.open(jwe)).text },
])('sms-to-handset to a directory, $title', ({ title, ending, open }) => {
  let stage: Stage;
  let directory: string;
  let rows: DistributionRow[];

  beforeAll(async () => {
    stage = await Stage.open();
    directory = join(stage.folder, 'outbox');
    await mkdir(directory);
    const { client } = stage.database;
    const [first, ...others] = sampleRows(COUNT, 'SMS');
    await insertRows(client, 'comms_request_target_distribution', [
      { ...first, message: longText(100_000) },
      ...others,
    ]);
    await stage.start('sms-to-handset', {
      'comms.sms.monitor.extract.to.type': 'file',
      'comms.sms.monitor.extract.to.dirname': directory,
      'comms.sms.monitor.extract.distribution-status': 'P',
      ...(title === 'encrypted' && (await encryption(stage))),
    });
    await stage.eventually(
      'all rows are delivered',
      () => countOf(client, 'D'),
      (count) => count === 0,
    );
    rows = await distributionRows(client);
  });
  afterAll(() => stage.close());

  const fileOf = (row: DistributionRow) => `${row.comms_request_target_distribution_id}.${ending}`;

  it('leaves one file per row, and nothing else', async () => {
    const names = await readdir(directory);

    expect(names.sort()).toEqual(rows.map(fileOf).sort());
    expect(names).toHaveLength(COUNT);
  });

  it('lets the owner write and its group read the files', async () => {
    const modes = await Promise.all(
      rows.map(async (row) => (await stat(join(directory, fileOf(row)))).mode & 0o7777),
    );

    expect(new Set(modes)).toEqual(new Set([0o640]));
  });

  it('writes each comm as its row says', async () => {
    const documents = await Promise.all(
      rows.map(async (row) => {
        const json = await open(await readFile(join(directory, fileOf(row)), 'utf8'));
        return readDocument(json).document;
      }),
    );

    expect(documents).toEqual(rows.map(expectedDocument));
  });

  it('publishes each row with the name of its file, and without any broker', () => {
    const trace = deliveredTrace('P', 'sms-to-handset');

    expect(rows.map(traceOf)).toEqual(rows.map((row) => ({ ...trace, reference: fileOf(row) })));
  });
});

/** The key is in a set, as the newest. */
async function encryption(stage: Stage): Promise<Properties> {
  const jwk = { ...recipient.key.export({ format: 'jwk' }), kid: 'sms-2', iat: 2 };
  const older = { ...newRecipient('symmetric').key.export({ format: 'jwk' }), kid: 'sms-1', iat: 1 };
  const set = JSON.stringify({ keys: [jwk, older] });
  return {
    'comms.sms.monitor.extract.encryption.enabled': true,
    'comms.sms.monitor.extract.encryption.key-file': await stage.writeKey(
      'sms.jwks',
      set,
      recipient.confidential,
    ),
  };
}

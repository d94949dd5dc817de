import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { countOf, insertRows, sampleRows, Stage } from '@comms/daemon-stage';

jest.setTimeout(180_000);

/** Each is a batch, whose lines are more than a pipe holds. */
const COUNT = 450;
const DRAIN_LIMIT_MS = 5_000;
const CLOSING_LIMIT_MS = 3_000;

describe('a daemon whose log has no reader', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await Stage.open({ 'comms.shutdown.drain-limit': `${DRAIN_LIMIT_MS}ms` });
  });
  afterEach(() => stage.close());

  it('delivers, has its health port, and ends inside its drain limit and 3 seconds', async () => {
    const { client } = stage.database;
    const directory = join(stage.folder, 'outbox');
    await mkdir(directory);
    const daemon = await stage.start('sms-to-handset', {
      'comms.sms.monitor.extract.to.type': 'file',
      'comms.sms.monitor.extract.to.dirname': directory,
      'comms.sms.monitor.extract.batch-size': 1,
    });
    await daemon.untilListening();
    daemon.ignoreLog();

    await insertRows(client, 'comms_request_target_distribution', sampleRows(COUNT, 'SMS'));
    await stage.eventually(
      'all rows are delivered',
      () => countOf(client, 'S'),
      (count) => count === COUNT,
    );
    expect((await daemon.get('/health/live')).code).toBe(200);

    const start = performance.now();
    daemon.signal('SIGTERM');
    await stage.eventually('its process is gone', () => Promise.resolve(daemon.hasExited), Boolean);
    expect(performance.now() - start).toBeLessThan(DRAIN_LIMIT_MS + CLOSING_LIMIT_MS);

    daemon.readLog();
    expect(await daemon.ended).toBe(0);
    expect(daemon.stdout).not.toContain('"stopped"');
  });
});

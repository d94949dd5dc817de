import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { freePort } from '@comms/test-servers';
import { APPS, Daemon, migratedDatabase, type SuiteDatabase } from '@comms/daemon-stage';
import { eventually } from '@comms/kit';

jest.setTimeout(180_000);

const SAID = 'listens for SIGTERM';

/** Before the program listens Node.js itself is still starting, and ends by the signal. */
const TELL_LISTENER = `process.on('newListener', (name) => {
  if (name === 'SIGTERM') queueMicrotask(() => console.log('${SAID}'));
});`;

/** Milliseconds after the program has begun: its modules load, it reads its configuration, it connects. */
const MOMENTS = [0, 50, 100, 200, 400, 800];

describe('a daemon that is asked to end while it starts', () => {
  let database: SuiteDatabase;
  beforeAll(async () => {
    database = await migratedDatabase();
  });
  afterAll(() => database.drop());

  it.each(APPS)('ends with 0 at any moment: %s', async (app) => {
    for (const moment of MOMENTS) {
      const daemon = Daemon.start(app, await freePort(), {
        COMMS_DATASOURCE_URL: database.url,
        COMMS_BROKER_URL: `stomp://127.0.0.1:${await freePort()}`,
        NODE_OPTIONS: `--import data:text/javascript,${encodeURIComponent(TELL_LISTENER)}`,
      });
      await eventually(
        'it listens for SIGTERM',
        () => Promise.resolve(daemon.stdout),
        (output) => output.includes(SAID),
      );
      await setTimeout(moment);

      expect({ moment, end: await daemon.stop(), stderr: daemon.stderr }).toEqual({
        moment,
        end: 0,
        stderr: '',
      });
    }
  });
});

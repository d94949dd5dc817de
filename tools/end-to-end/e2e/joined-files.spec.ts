import { cp, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type App, APPS, brokerProperties, programOf, queueName, Stage } from '@comms/daemon-stage';
import { repositoryPath } from '@comms/kit';
import { testClassic } from '@comms/test-servers';

jest.setTimeout(180_000);

const PARTS = ['package.json', ...[...APPS, 'shared'].map((name) => join('dist/apps', name))];
/** The whole of a daemon has some 8,000,000. */
const LITTLE_BYTES = 100_000;

const classic = await testClassic();

describe('a daemon that is joined with all that it uses', () => {
  let stage: Stage;
  let folder: string;
  beforeAll(async () => {
    stage = await Stage.open({
      ...brokerProperties(classic),
      'comms.handset.monitor.extract.to.queue': queueName('joined-files'),
    });
    folder = await mkdtemp(join(tmpdir(), 'comms-joined-'));
    for (const part of PARTS) await cp(repositoryPath(part), join(folder, part), { recursive: true });
  });
  afterAll(async () => {
    await stage.close();
    await rm(folder, { recursive: true });
  });

  it.each(APPS)('is up from its own files alone, with no package near them: %s', async (app) => {
    const daemon = await stage.startRelease(folder, app);

    await expect(daemon.untilUp()).resolves.toBeDefined();
  });

  it.each(APPS)('loads little before it listens for signals: %s', async (app: App) => {
    const files = await loadedFirst(programOf(app));
    const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));

    expect(sizes.length).toBeGreaterThan(1);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(LITTLE_BYTES);
  });
});

/** A program and the files that it imports before it runs. */
async function loadedFirst(program: string, found = new Set<string>()): Promise<readonly string[]> {
  found.add(program);
  const imported = [...(await readFile(program, 'utf8')).matchAll(STATIC_IMPORT)].map(([, path = '']) =>
    join(dirname(program), path),
  );
  for (const file of imported.filter((file) => !found.has(file))) await loadedFirst(file, found);
  return [...found];
}

const STATIC_IMPORT = /\b(?:from|import)\s*"(\.{1,2}\/[^"]+)"/g;

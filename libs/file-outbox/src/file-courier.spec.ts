import { watch } from 'node:fs';
import { mkdir, mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anOutboundMessage, describeCourier } from '@comms/delivery/testing';
import { aDistribution } from '@comms/distribution/testing';
import { FileCourier } from './file-courier.js';

describeCourier('FileCourier', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'file-courier-'));
  const directory = join(parent, 'outbox');
  await mkdir(directory);
  return {
    courier: new FileCourier(directory),
    arrived: async () =>
      Promise.all((await readdir(directory)).map((name) => readFile(join(directory, name), 'utf8'))),
    breakDown: () => rm(directory, { recursive: true }),
    repair: () => mkdir(directory),
    close: () => rm(parent, { recursive: true }),
  };
});

describe('FileCourier', () => {
  let directory: string;
  let courier: FileCourier;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'file-courier-'));
    courier = new FileCourier(directory);
  });
  afterEach(() => rm(directory, { recursive: true }));

  it.each([
    ['application/json', '9223372036854775807.json'],
    ['application/jose', '9223372036854775807.jwe'],
  ] as const)(
    'names a file of %s after its distribution, and returns the name',
    async (contentType, name) => {
      const distribution = aDistribution({ distributionId: '9223372036854775807' });
      const outcomes = await courier.put([anOutboundMessage({ distribution, contentType, body: 'text' })]);
      expect(outcomes).toEqual([{ kind: 'sent', reference: name }]);
      expect(await readFile(join(directory, name), 'utf8')).toBe('text');
    },
  );

  it('gives each message its own file, under a name that a reader may take', async () => {
    const message = fc.record({
      distributionId: fc.bigInt({ min: 1n, max: 2n ** 63n - 1n }).map(String),
      contentType: fc.constantFrom('application/json' as const, 'application/jose' as const),
      body: fc.string({ unit: 'grapheme' }),
    });
    const batch = fc.uniqueArray(message, {
      selector: ({ distributionId }) => distributionId,
      maxLength: 20,
    });
    await fc.assert(
      fc.asyncProperty(batch, async (messages) => {
        await Promise.all((await readdir(directory)).map((name) => rm(join(directory, name))));
        await courier.put(
          messages.map(({ distributionId, contentType, body }) =>
            anOutboundMessage({ distribution: aDistribution({ distributionId }), contentType, body }),
          ),
        );
        const written = await Promise.all(
          (await readdir(directory)).map(async (name) => [
            name,
            await readFile(join(directory, name), 'utf8'),
          ]),
        );
        const expected = messages.map(({ distributionId, contentType, body }) => [
          `${distributionId}.${contentType === 'application/json' ? 'json' : 'jwe'}`,
          body,
        ]);
        expect(new Map(written as [string, string][])).toEqual(new Map(expected as [string, string][]));
      }),
      { numRuns: 30 },
    );
  });

  it('lets the owner write, the group read, and no one else, whatever the umask', async () => {
    const messages = Array.from({ length: 40 }, (_, i) =>
      anOutboundMessage({ distribution: aDistribution({ distributionId: String(i) }) }),
    );
    for (const mask of [0o077, 0o022]) {
      const umask = process.umask(mask);
      await courier.put(messages);
      process.umask(umask);
      const names = await readdir(directory);
      const modes = await Promise.all(names.map(async (name) => (await stat(join(directory, name))).mode));
      expect(modes.map((mode) => mode & 0o777)).toEqual(Array(40).fill(0o640));
    }
  });

  it('replaces the file of a message that is put again', async () => {
    await courier.put([anOutboundMessage({ body: 'first' })]);
    await courier.put([anOutboundMessage({ body: 'again' })]);
    expect(await readdir(directory)).toEqual(['1.json']);
    expect(await readFile(join(directory, '1.json'), 'utf8')).toBe('again');
  });

  it('blames the row whose name is taken by a directory, and delivers the others', async () => {
    await mkdir(join(directory, '1.json'));
    const outcomes = await courier.put([
      anOutboundMessage(),
      anOutboundMessage({ distribution: aDistribution({ distributionId: '2' }) }),
    ]);
    expect(outcomes).toMatchObject([{ kind: 'retry', code: 'FILE_NAME_TAKEN' }, { kind: 'sent' }]);
    expect(courier.condition().state).toBe('up');
  });

  it('names the directory and the errno while it cannot write', async () => {
    await rm(directory, { recursive: true });
    await courier.put([anOutboundMessage()]);
    expect(courier.condition()).toMatchObject({
      part: 'directory',
      name: directory,
      state: 'down',
      code: 'DIRECTORY_ENOENT',
    });
    await mkdir(directory);
  });

  it('removes abandoned unfinished files when it starts, and nothing else', async () => {
    const abandoned = join(directory, '5.json.0123456789ab.tmp');
    await writeFile(abandoned, 'half');
    await utimes(abandoned, 1, 1);
    await writeFile(join(directory, '6.json.0123456789ab.tmp'), 'being written');
    await writeFile(join(directory, 'notes.tmp'), 'of someone else');
    await utimes(join(directory, 'notes.tmp'), 1, 1);
    await courier.prepare();
    expect((await readdir(directory)).sort()).toEqual(['6.json.0123456789ab.tmp', 'notes.tmp']);
    expect(courier.condition().state).toBe('up');
  });

  it('removes an abandoned test file, and leaves one that it cannot remove', async () => {
    const probe = join(directory, 'probe.0123456789ab.tmp');
    const locked = join(directory, '5.json.0123456789ab.tmp');
    await writeFile(probe, '');
    await writeFile(`${probe}.0123456789ab.tmp`, '');
    await mkdir(locked);
    for (const path of [probe, `${probe}.0123456789ab.tmp`, locked]) await utimes(path, 1, 1);
    await courier.prepare();
    expect(await readdir(directory)).toEqual(['5.json.0123456789ab.tmp']);
    expect(courier.condition().state).toBe('up');
  });

  it('shows no reader its test files', async () => {
    const seen = new Set<string>();
    const watcher = watch(directory);
    const lastOne = new Promise<void>((resolve) => {
      watcher.on('change', (_, name) => {
        seen.add(String(name));
        if (name === '1.json') resolve();
      });
    });
    await courier.prepare();
    await courier.put([anOutboundMessage()]);
    await lastOne;
    watcher.close();
    expect(await readdir(directory)).toEqual(['1.json']);
    expect([...seen].filter((name) => !name.endsWith('.tmp'))).toEqual(['1.json']);
    expect([...seen].some((name) => name.startsWith('probe.'))).toBe(true);
  });
});

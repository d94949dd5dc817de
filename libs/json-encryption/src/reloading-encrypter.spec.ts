import { mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type KeyFileEvent, type KeyFileOptions, ReloadingEncrypter } from './reloading-encrypter.js';
import { type Recipient, aRecipient } from './testing/a-recipient.js';

let directory: string;
let file: string;
let events: KeyFileEvent[];
let opened: ReloadingEncrypter[];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'key-file-'));
  file = join(directory, 'key.json');
  events = [];
  opened = [];
});

afterEach(async () => {
  for (const encrypter of opened) await encrypter.stop();
  await rm(directory, { recursive: true });
});

describe('opening a key file', () => {
  it('encrypts with its key', async () => {
    const recipient = await aKeyFile('first');
    const encrypter = await open();
    expect([encrypter.kid, encrypter.algorithm]).toEqual(['first', 'A256KW']);
    await expect(recipient.open(encrypter.encrypt('{}'))).resolves.toMatchObject({ text: '{}' });
    expect(events).toEqual([]);
  });

  it.each([
    ['KEY_FILE_UNREADABLE', 'is missing', () => Promise.resolve()],
    ['KEY_FORMAT_UNSUPPORTED', 'holds no key', () => writeFile(file, 'no key')],
    ['KEY_ID_UNKNOWN', 'lacks the wanted key', () => aKeyFile('first')],
  ])('fails with %s where the file %s', async (code, _, arrange) => {
    await arrange();
    await expect(open({ keyId: 'wanted' })).rejects.toMatchObject({ name: 'EncryptionError', code });
  });

  it('fails with KEY_FILE_UNREADABLE and the reason where the path is a directory', async () => {
    file = directory;
    await expect(open()).rejects.toMatchObject({
      code: 'KEY_FILE_UNREADABLE',
      message: "The key file can't be read (EISDIR).",
    });
  });
});

describe('a key file that changes while in use', () => {
  it('gives way to its new key, and reports that once', async () => {
    await aKeyFile('first');
    const encrypter = await open();
    const second = await aKeyFile('second');
    await encrypter.refresh();
    await encrypter.refresh();
    await expect(second.open(encrypter.encrypt('{}'))).resolves.toMatchObject({ header: { kid: 'second' } });
    expect(events).toEqual([{ kind: 'loaded', kid: 'second', algorithm: 'A256KW' }]);
  });

  it.each([
    ['KEY_FILE_UNREADABLE', 'gone', () => rm(file)],
    ['KEY_FORMAT_UNSUPPORTED', 'empty', () => writeFile(file, '')],
    ['KEY_MALFORMED', 'half written', () => writeFile(file, '{"keys":[{"kty":"oct","k":"AAAA')],
    ['KEY_LENGTH_WRONG', 'of another length', () => writeFile(file, '{"kty":"oct","k":"AAAA"}')],
  ])(
    'leaves the last good key in use, with one %s, while it is %s, and is whole again later',
    async (...test) => {
      const [code, , spoil] = test;
      const first = await aKeyFile('first');
      const encrypter = await open();

      await spoil();
      await encrypter.refresh();
      await encrypter.refresh();
      await expect(first.open(encrypter.encrypt('{}'))).resolves.toMatchObject({ text: '{}' });
      expect(events).toMatchObject([{ kind: 'rejected', error: { code } }]);

      await write(first);
      await encrypter.refresh();
      expect(events.slice(1)).toEqual([{ kind: 'loaded', kid: 'first', algorithm: 'A256KW' }]);
    },
  );

  it('reports a second, other fault too', async () => {
    await aKeyFile('first');
    const encrypter = await open();
    for (const content of ['', 'no key']) {
      await writeFile(file, content);
      await encrypter.refresh();
    }
    expect(events).toHaveLength(2);
  });

  it('keeps to the configured key id', async () => {
    await aKeyFile('wanted');
    const encrypter = await open({ keyId: 'wanted' });
    await aKeyFile('other');
    await encrypter.refresh();
    expect(encrypter.kid).toBe('wanted');
    expect(events).toMatchObject([{ kind: 'rejected', error: { code: 'KEY_ID_UNKNOWN' } }]);
  });

  it('is read again by itself, through links that are moved as for a mounted secret', async () => {
    const target = (name: string) => join(directory, name);
    await writeFile(target('one'), JSON.stringify((await aRecipient({ algorithm: 'dir', kid: 'one' })).jwk));
    await writeFile(target('two'), JSON.stringify((await aRecipient({ algorithm: 'dir', kid: 'two' })).jwk));
    await symlink('one', file);
    const loaded = new Promise<KeyFileEvent>((resolve) => {
      void open({ recheckMs: 5, onEvent: resolve }).then(async () => {
        await symlink('two', target('next'));
        await rename(target('next'), file);
      });
    });
    await expect(loaded).resolves.toEqual({ kind: 'loaded', kid: 'two', algorithm: 'dir' });
  });
});

async function open(options: Partial<KeyFileOptions> = {}): Promise<ReloadingEncrypter> {
  const onEvent = (event: KeyFileEvent) => events.push(event);
  const encrypter = await ReloadingEncrypter.open({ file, onEvent, ...options });
  opened.push(encrypter);
  return encrypter;
}

async function aKeyFile(kid: string): Promise<Recipient> {
  const recipient = await aRecipient({ algorithm: 'A256KW', kid });
  await write(recipient);
  return recipient;
}

async function write({ jwk }: Recipient): Promise<void> {
  await writeFile(file, JSON.stringify(jwk));
}

import { createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryPath, runCommand } from '@comms/kit';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type JWK, compactDecrypt, decodeProtectedHeader, importJWK } from 'jose';
import { JweEncrypter } from './jwe-encrypter.js';
import { Keyring } from './keys/keyring.js';

const KID = 'partner-2026-11';
const TEXT = '{"message":"Your bill is ready."}';

const page = readFileSync(repositoryPath('docs/message-format.md'), 'utf8');
const blocks = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, block = '']) => block);

/** Where the commands of the page run, next to the samples. */
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comms-message-format-'));
  await symlink(repositoryPath('samples'), join(folder, 'samples'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the commands of docs/message-format.md', () => {
  it.each(['-algorithm RSA', '-algorithm EC', '-algorithm X25519'])(
    'make keys of which the daemon takes one, and the consumer opens messages by the other: openssl genpkey %s',
    async (algorithm) => {
      await run(commandWith(`genpkey ${algorithm}`));
      await run(commandWith('openssl pkey'));
      await run(commandWith('key-set.mjs'));
      const message = new JweEncrypter(await chosenOf('partner.pem')).encrypt(TEXT);
      expect(await opened(message, await inSet())).toBe(TEXT);
    },
  );

  it('make the same private key of a set again', async () => {
    await run(commandWith('genpkey -algorithm RSA'));
    const before = await text('partner.private.pem');
    await run(commandWith('key-set.mjs'));
    await rm(join(folder, 'partner.private.pem'));
    await run(commandWith('createPrivateKey'));
    expect(await text('partner.private.pem')).toBe(before);
  });

  it('make a symmetric key for both', async () => {
    await run(commandWith('"kty":"oct"'));
    const key = await (await Keyring.parse(await text('own.jwk'))).choose();
    expect(key.kid).toBe('own-2026-11');
    const message = new JweEncrypter(key).encrypt(TEXT);
    expect(await opened(message, JSON.parse(await text('own.jwk')) as JWK)).toBe(TEXT);
  });

  it.each([
    [
      'a certificate',
      'openssl x509',
      ['req', '-x509', '-key', 'key.pem', '-subj', '/CN=p', '-out', 'partner.crt'],
    ],
    [
      'a key of PKCS#1',
      '-RSAPublicKey_in',
      ['rsa', '-in', 'key.pem', '-RSAPublicKey_out', '-out', 'partner.pkcs1.pem'],
    ],
  ])('make a public key of %s', async (_, command, made) => {
    await openssl('genpkey', '-algorithm', 'RSA', '-out', 'key.pem');
    await openssl(...made);
    await run(commandWith(command));
    const expected = createPublicKey(await text('key.pem')).export({ type: 'spki', format: 'pem' });
    expect(await text('partner.pem')).toBe(expected);
    expect(await chosenOf('partner.pem')).toMatchObject({ kid: KID });
  });
});

/** The one command of the page that holds a text: a line, or a block that is one command. */
function commandWith(words: string): string {
  const [block = '', ...others] = blocks.filter((each) => each.includes(words));
  expect(others).toEqual([]);
  const lines = block.split('\n').filter((line) => line.includes(words));
  return block.startsWith("node -e '") ? block : (lines[0] ?? '');
}

function run(command: string): Promise<string> {
  return runCommand('bash', ['-euc', command], { cwd: folder });
}

function openssl(...args: string[]): Promise<string> {
  return runCommand('openssl', args, { cwd: folder });
}

function text(file: string): Promise<string> {
  return readFile(join(folder, file), 'utf8');
}

async function chosenOf(file: string) {
  return (await Keyring.parse(await text(file))).choose(KID);
}

/** The private key that the page's command has put into the set. */
async function inSet(): Promise<JWK> {
  const { keys } = JSON.parse(await text('private-keys.json')) as { keys: JWK[] };
  return keys.find(({ kid }) => kid === KID) ?? {};
}

async function opened(message: string, jwk: JWK): Promise<string> {
  const key = await importJWK(jwk, decodeProtectedHeader(message).alg);
  return Buffer.from((await compactDecrypt(message, key)).plaintext).toString('utf8');
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { readAuthorities } from './read-authorities.js';

const [ONE = '', TWO = ''] = rootCertificates;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'comms-authorities-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('readAuthorities', () => {
  it.each([
    ['line by line', `${ONE}\n${TWO}\n`],
    ['with END and BEGIN on one line', `${ONE}${TWO}`],
    ['with comments around them', `# the old one\n${ONE}\nIssuer: CN=Zürich\n\n${TWO}\n-----END\n`],
  ])('gives each certificate of a file that has them %s', async (_, content) => {
    expect(readAuthorities(await aFile(content))).toEqual({ value: [ONE, TWO] });
  });

  it('takes a file with comments in another encoding', async () => {
    const comment = Buffer.from('# Certificación\n', 'latin1');
    expect(readAuthorities(await aFile(Buffer.concat([comment, Buffer.from(ONE)])))).toEqual({
      value: [ONE],
    });
  });

  it('takes the line ends of Windows', async () => {
    const windows = ONE.replaceAll('\n', '\r\n');
    expect(readAuthorities(await aFile(`${windows}\r\n`))).toEqual({ value: [windows] });
  });

  it('keeps what OpenSSL says of its trust', async () => {
    const trusted = ONE.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE');
    expect(readAuthorities(await aFile(trusted))).toEqual({ value: [trusted] });
  });

  it.each([
    ['is not there', undefined, 'cannot be read (ENOENT)'],
    ['is empty', '', 'holds no certificate'],
    ['holds no certificate', 'a text', 'holds no certificate'],
    ['holds one that is indented', ONE.replaceAll(/^/gm, '  '), 'cannot be used (ERR_OSSL_'],
    ['holds one with its line ends written out', ONE.replaceAll('\n', '\\n'), 'cannot be used (ERR_OSSL_'],
    ['holds one with a letter changed', ONE.replace('\nM', '\n!'), 'cannot be used (ERR_OSSL_'],
    ['holds one that lacks its end', ONE.slice(0, 200), 'holds a certificate that is cut short'],
    [
      'holds one that lacks its beginning',
      `${TWO}\n${ONE.slice(200)}`,
      'holds a certificate that is cut short',
    ],
    ['holds one that lacks its end before another', `${ONE.slice(0, 200)}\n${TWO}`, 'is cut short'],
    ['holds one that lacks a dash', `${TWO}\n${ONE.slice(1)}`, 'holds a certificate that is cut short'],
    ['holds a good and a bad one', `${TWO}\n${ONE.replace('\nM', '\n!')}`, 'cannot be used (ERR_OSSL_'],
  ])('refuses a file that %s', async (_, content, problem) => {
    const file = content === undefined ? '/nowhere' : await aFile(content);
    expect(readAuthorities(file)).toEqual({ problem: expect.stringContaining(problem) as unknown });
  });
});

async function aFile(content: string | Uint8Array): Promise<string> {
  const file = join(folder, 'ca.pem');
  await writeFile(file, content);
  return file;
}

import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { type JWK, compactDecrypt, importJWK } from 'jose';

const page = readFileSync(new URL('../../../docs/message-format.md', import.meta.url), 'utf8');

describe('docs/message-format.md', () => {
  it('shows an encrypted message that its key opens to the first document of the page', async () => {
    const [key = '', message = ''] = blocks('text');
    const { plaintext } = await compactDecrypt(message, await importJWK(JSON.parse(key) as JWK));
    const [first = ''] = blocks('json');
    expect(JSON.parse(Buffer.from(plaintext).toString('utf8'))).toEqual(JSON.parse(first));
  });
});

function blocks(language: string): string[] {
  const pattern = new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs');
  return [...page.matchAll(pattern)].map(([, block = '']) => block.trim());
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aConfig, aConfiguration } from '@comms/config/testing';
import { aRecipient } from '@comms/json-encryption/testing';
import { describe, expect, it } from '@jest/globals';
import { EncryptionConfig } from './encryption.js';
import { checkEncryptionIsMeant, checkEncryptionKey } from './encryption-checks.js';

const KEY = 'comms.handset.monitor.extract.encryption';

describe('checkEncryptionIsMeant', () => {
  it.each([
    [{ keyFile: 'partner.pem' }, 'key-file'],
    [{ keyId: 'partner' }, 'key-id'],
    [{ keyFile: 'partner.pem', keyId: 'partner' }, 'key-file'],
  ])('warns where encryption is off and %j is set', (values, field) => {
    expect(checkEncryptionIsMeant(configurationOf({ ...values, enabled: false }))).toEqual([
      {
        key: `${KEY}.${field}`,
        problem: `is not used: ${KEY}.enabled is false, so messages are not encrypted`,
        severity: 'warning',
      },
    ]);
  });

  it.each([{ enabled: false }, { enabled: true, keyFile: 'partner.pem', keyId: 'partner' }])(
    'does not warn of %j',
    (values) => {
      expect(checkEncryptionIsMeant(configurationOf(values))).toEqual([]);
    },
  );
});

describe('checkEncryptionKey', () => {
  it('warns of a kid that differs from the former one, until key-id names one', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'comms-key-'));
    const keyFile = join(folder, 'key.jwk');
    const key = await rsaWithLeadingZero();
    await writeFile(keyFile, JSON.stringify(key));

    const [warning, ...more] = await checkEncryptionKey(configurationOf({ enabled: true, keyFile }));
    const kids = /thumbprint ([\w-]{43}), and had ([\w-]{43}) up to 0\.1/.exec(warning?.problem ?? '');
    expect(warning).toMatchObject({ key: `${KEY}.key-file`, severity: 'warning' });
    expect([kids?.length, kids?.[1] === kids?.[2], more]).toEqual([3, false, []]);
    expect(warning?.problem).not.toContain(key.n);

    for (const keyId of kids?.slice(1) ?? []) {
      await expect(checkEncryptionKey(configurationOf({ enabled: true, keyFile, keyId }))).resolves.toEqual(
        [],
      );
    }
    await rm(folder, { recursive: true });
  });
});

function configurationOf(values: Partial<EncryptionConfig>) {
  return aConfiguration([aConfig(EncryptionConfig, values)]);
}

/** As Java's BigInteger writes it. */
async function rsaWithLeadingZero(): Promise<{ n: string }> {
  const { kty, n = '', e } = (await aRecipient()).jwk;
  const zeroed = Buffer.concat([Buffer.alloc(1), Buffer.from(n, 'base64url')]).toString('base64url');
  return { kty, e, n: zeroed } as { n: string };
}

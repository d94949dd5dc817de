import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { type TestCertificate, testCertificates } from './test-certificates.js';

const { caFile, good, expired, wrongHost, unknownAuthority } = await testCertificates();

describe('testCertificates', () => {
  it('has one that a client accepts', async () => {
    expect(await verdictOn(good)).toBe('accepted');
  });

  it.each([
    ['CERT_HAS_EXPIRED', expired],
    ['ERR_TLS_CERT_ALTNAME_INVALID', wrongHost],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', unknownAuthority],
  ])('has one that a client refuses with %s', async (code, certificate) => {
    expect(await verdictOn(certificate)).toBe(code);
  });
});

/** What a client that trusts the authority says to a server with the certificate. */
async function verdictOn({ certFile, keyFile }: TestCertificate): Promise<unknown> {
  const server = createServer({ cert: readFileSync(certFile), key: readFileSync(keyFile) });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = connect({ host: 'localhost', port, ca: readFileSync(caFile) });
  try {
    await once(socket, 'secureConnect');
    return 'accepted';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code;
  } finally {
    socket.destroy();
    server.close();
  }
}

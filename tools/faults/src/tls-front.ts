import { readFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { createServer, type Server } from 'node:tls';
import type { TestCertificate } from '@comms/test-servers';

/** Offers TLS before a server that has none, with a certificate that can be changed. */
export class TlsFront {
  private constructor(private readonly server: Server) {}

  static async start(upstreamPort: number, certificate: TestCertificate): Promise<TlsFront> {
    const server = createServer(contextOf(certificate), (client) => {
      const upstream = connect(upstreamPort, '127.0.0.1');
      client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy());
      upstream.on('error', () => client.destroy()).on('close', () => client.destroy());
      client.pipe(upstream).pipe(client);
    });
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new TlsFront(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** The certificate of connections to come. */
  present(certificate: TestCertificate): void {
    this.server.setSecureContext(contextOf(certificate));
  }

  stop(): void {
    this.server.close();
  }
}

function contextOf({ certFile, keyFile }: TestCertificate) {
  return { cert: readFileSync(certFile), key: readFileSync(keyFile) };
}

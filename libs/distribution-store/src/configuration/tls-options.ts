import type { ConnectionOptions } from 'node:tls';
import type { SslMode } from './database-url.js';

/** What the driver is told about TLS: `false` is an unencrypted connection. `ca` is PEM text. */
export function tlsOptions(sslMode: SslMode, ca: string | undefined): ConnectionOptions | false {
  const authorities = ca === undefined ? {} : { ca };
  switch (sslMode) {
    case 'disable':
      return false;
    case 'no-verify':
      return { rejectUnauthorized: false };
    case 'verify-ca':
      return { rejectUnauthorized: true, ...authorities, checkServerIdentity: () => undefined };
    case 'require':
    case 'verify-full':
      return { rejectUnauthorized: true, ...authorities };
  }
}

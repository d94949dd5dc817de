import type { ConnectionOptions } from 'node:tls';
import type { ClientCertificate } from '@comms/config/tls';
import type { SslMode } from './database-url.js';

/** What the files of TLS hold; undefined what no property names. */
export interface TlsFileContent {
  /** PEM, one certificate each. */
  readonly authorities?: readonly string[] | undefined;
  readonly certificate?: ClientCertificate | undefined;
}

/** The TLS options of the driver: `false` is an unencrypted connection. */
export function tlsOptions(
  sslMode: SslMode,
  { authorities, certificate }: TlsFileContent,
): ConnectionOptions | false {
  const trusted = authorities === undefined ? {} : { ca: [...authorities] };
  switch (sslMode) {
    case 'disable':
      return false;
    case 'no-verify':
      return { rejectUnauthorized: false, ...certificate };
    case 'verify-ca':
      return {
        rejectUnauthorized: true,
        ...trusted,
        ...certificate,
        checkServerIdentity: () => undefined,
      };
    case 'require':
    case 'verify-full':
      return { rejectUnauthorized: true, ...trusted, ...certificate };
  }
}

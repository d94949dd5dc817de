import type { Parsed } from '@comms/config';

/**
 * How the connection is encrypted and whom it trusts; `require` is as strong as `verify-full` here, and nothing falls
 * back to an unencrypted connection.
 * - `disable`: not encrypted.
 * - `require`, `verify-full`: encrypted; the certificate's issuer and its host name are checked.
 * - `verify-ca`: encrypted; the issuer is checked, which must be an authority of one's own.
 * - `no-verify`: encrypted, but anybody may answer.
 */
export const SSL_MODES = ['disable', 'require', 'verify-ca', 'verify-full', 'no-verify'] as const;

export type SslMode = (typeof SSL_MODES)[number];

/** The parts of `postgres://user:password@host:port/database?sslmode=…`, decoded. */
export interface DatabaseUrl {
  /** A host name, an address, or the directory of a Unix socket. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Absent where the server asks for none. */
  readonly password: string | undefined;
  readonly database: string;
  readonly sslMode: SslMode;
}

/**
 * Takes a database URL apart; the driver's own reading of it takes any parameter and gives `sslmode` meanings that
 * change with its version. A problem never quotes the URL.
 */
export function parseDatabaseUrl(text: string): Parsed<DatabaseUrl> {
  try {
    return partsOf(new URL(text));
  } catch {
    return { problem: 'is not a URL; special characters in its parts must be percent-encoded' };
  }
}

function partsOf(url: URL): Parsed<DatabaseUrl> {
  if (!/^postgres(ql)?:$/.test(url.protocol)) return { problem: 'does not start with postgres://' };
  const unknown = [...url.searchParams.keys()].find((name) => !PARAMETERS.includes(name));
  if (unknown !== undefined) return { problem: `has a parameter other than ${PARAMETERS.join(' and ')}` };
  const sslMode = url.searchParams.get('sslmode') ?? 'disable';
  if (!isSslMode(sslMode)) return { problem: `has an sslmode other than ${SSL_MODES.join(', ')}` };
  const parts = {
    host: url.searchParams.get('host') ?? decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, '$1'),
    port: Number(url.port || DEFAULT_PORT),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password) || undefined,
    database: decodeURIComponent(url.pathname.slice(1)),
    sslMode,
  };
  const missing = (['host', 'user', 'database'] as const).find((part) => parts[part] === '');
  return missing === undefined ? { value: parts } : { problem: `names no ${missing}` };
}

/** `host` names the directory of a Unix socket, as it does for every client of PostgreSQL. */
const PARAMETERS = ['sslmode', 'host'];
const DEFAULT_PORT = 5432;

function isSslMode(text: string): text is SslMode {
  return (SSL_MODES as readonly string[]).includes(text);
}

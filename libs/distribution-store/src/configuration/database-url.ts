import { userInfo } from 'node:os';
import { isAbsolute } from 'node:path';
import { CheckedBy, hostProblem, type Parsed } from '@comms/config';

/**
 * How the connection is encrypted and whom it trusts; `require` is as strong as `verify-full` here, and nothing falls
 * back to an unencrypted connection.
 * - `disable`: not encrypted.
 * - `require`, `verify-full`: encrypted; the certificate's issuer and its host name are checked.
 * - `verify-ca`: encrypted; the issuer is checked, which must be an authority of one's own.
 * - `no-verify`: encrypted, but any server is accepted.
 */
const SSL_MODES = ['disable', 'require', 'verify-ca', 'verify-full', 'no-verify'] as const;

export type SslMode = (typeof SSL_MODES)[number];

/** The parts of `postgres://user:password@host:port/database?sslmode=…&host=…`, decoded. */
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
 * change with its version. As for every client of PostgreSQL, `host` in the query counts in place of the host before the
 * path, which may be left out then, and names a host or the directory of a Unix socket; there, a URL without a user
 * means the user of this process. A problem never quotes the URL.
 */
export function parseDatabaseUrl(text: string): Parsed<DatabaseUrl> {
  const { start = '', place = '', rest = '' } = SHAPE.exec(text)?.groups ?? {};
  if (start === '') return { problem: NO_URL };
  const problem = rest.includes('@') ? undefined : (placeProblem(place) ?? portProblem(place));
  if (problem !== undefined) return { problem };
  try {
    return partsOf(new URL(`${start}${hasNoHost(place) ? ANY_HOST : ''}${place}${rest}`), place);
  } catch {
    return { problem: NO_URL };
  }
}

const NO_URL = 'is not a URL; special characters in its parts must be percent-encoded';

/**
 * `place` is host and port, unless an `@` follows: then it is the start of a password with a special character in it. A
 * URL without a host, but with a user or a port, is none for `URL`.
 */
const SHAPE = /^\s*(?<start>[a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?)(?<place>[^/?#@]*)(?<rest>.*)$/is;
const ANY_HOST = 'localhost';

function hasNoHost(place: string): boolean {
  return place === '' || place.startsWith(':');
}

function placeProblem(place: string): string | undefined {
  if (place.includes(',')) return SEVERAL_HOSTS;
  return PLACEHOLDER.test(place) ? UNFILLED : undefined;
}

const SEVERAL_HOSTS = 'names several hosts; a daemon takes one, such as a name that leads to the primary';
const UNFILLED = 'has a host or port in which a placeholder was not filled in';
const PLACEHOLDER = /[<>{}]|\$\(/;

function portProblem(place: string): string | undefined {
  const port = /:(?<port>[^:\]]+)$/.exec(place)?.groups?.['port'];
  const isPort =
    port === undefined || (/^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= LAST_PORT);
  return isPort ? undefined : `has a port that is no number from 1 to ${LAST_PORT}`;
}

const LAST_PORT = 65_535;

function partsOf(url: URL, place: string): Parsed<DatabaseUrl> {
  if (!/^postgres(ql)?:$/.test(url.protocol)) return { problem: 'does not start with postgres://' };
  const problem = parametersProblem(url.searchParams);
  if (problem !== undefined) return { problem };
  const host = url.searchParams.get('host') ?? hostOf(url, place);
  const parts = {
    host,
    port: Number(url.port || DEFAULT_PORT),
    user: decodeURIComponent(url.username) || (isAbsolute(host) ? ownUser() : ''),
    password: decodeURIComponent(url.password) || undefined,
    database: decodeURIComponent(url.pathname.slice(1)),
    sslMode: (url.searchParams.get('sslmode') ?? 'disable') as SslMode,
  };
  const missing = (['host', 'user', 'database'] as const).find((part) => parts[part] === '');
  if (missing !== undefined) return { problem: `names no ${missing}` };
  const unfit = hostFault(parts);
  return unfit === undefined ? { value: parts } : { problem: unfit };
}

function hostOf({ hostname }: URL, place: string): string {
  return hasNoHost(place) ? '' : decodeURIComponent(hostname).replace(/^\[(.*)\]$/, '$1');
}

/** PostgreSQL takes it from the operating system; no password is needed where the server asks it too. */
function ownUser(): string {
  try {
    return userInfo().username;
  } catch {
    return '';
  }
}

function hostFault({ host, sslMode }: Pick<DatabaseUrl, 'host' | 'sslMode'>): string | undefined {
  if (!isAbsolute(host)) return placeProblem(host) ?? hostProblem(host);
  if (host.includes(',')) return SEVERAL_HOSTS;
  return sslMode === 'disable' ? undefined : 'asks for encryption, which a Unix socket does not have';
}

const DEFAULT_PORT = 5432;

function parametersProblem(parameters: URLSearchParams): string | undefined {
  const names = [...parameters.keys()];
  if (names.some((name) => !PARAMETERS.includes(name)))
    return `has a parameter other than ${PARAMETERS.join(' and ')}`;
  const repeated = PARAMETERS.find((name) => parameters.getAll(name).length > 1);
  if (repeated !== undefined) return `has the parameter ${repeated} more than once`;
  return isSslMode(parameters.get('sslmode') ?? 'disable')
    ? undefined
    : `has an sslmode other than ${SSL_MODES.join(', ')}`;
}

const PARAMETERS = ['sslmode', 'host'];

function isSslMode(text: string): text is SslMode {
  return (SSL_MODES as readonly string[]).includes(text);
}

/** The field holds a URL that {@link parseDatabaseUrl} can take apart. */
export function IsDatabaseUrl(): PropertyDecorator {
  return CheckedBy((url: string) => {
    const parsed = parseDatabaseUrl(url);
    return 'problem' in parsed ? parsed.problem : undefined;
  });
}

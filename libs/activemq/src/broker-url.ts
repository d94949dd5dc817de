import { CheckedBy, hostProblem } from '@comms/config';

/** Where one broker is, and which protocol it speaks. */
export interface BrokerUrl {
  readonly transport: 'tcp' | 'websocket';
  readonly tls: boolean;
  /** A name or an address; an IPv6 address without brackets. */
  readonly host: string;
  readonly port: number;
  /** `/` or longer; WebSocket only. */
  readonly path: string;
  /** The URL as written, for people; it holds no credentials. */
  readonly name: string;
}

/** Reads one URL. The problem does not quote the URL, because it may hold a password. */
export function parseBrokerUrl(text: string): BrokerUrl | { readonly problem: string } {
  const parts = URL_PARTS.exec(text);
  const scheme = SCHEMES[parts?.groups?.['scheme']?.toLowerCase() ?? ''];
  if (parts?.groups === undefined || scheme === undefined) return { problem: 'is not a broker URL' };
  const { authority = '', path = '' } = parts.groups;
  if (authority.includes('@')) return { problem: 'holds a user name or password' };
  const { host: written = '', port } = HOST_AND_PORT.exec(authority)?.groups ?? {};
  const host = written.replace(/^\[|\]$/g, '');
  const problem = hostProblem(host);
  if (problem !== undefined) return { problem };
  if (port === undefined) return { problem: 'has no port' };
  if (Number(port) < 1 || Number(port) > 65_535) return { problem: 'has a port that does not exist' };
  if (!scheme.paths && path !== '' && path !== '/') return { problem: 'has a path' };
  return {
    transport: scheme.transport,
    tls: scheme.tls,
    host,
    port: Number(port),
    path: path === '' ? '/' : path,
    name: text,
  };
}

const URL_PARTS = /^(?<scheme>[a-z+]+):\/\/(?<authority>[^/?#\s]*)(?<path>\/[^?#\s]*)?$/i;
const HOST_AND_PORT = /^(?<host>\[[\da-f:.]+\]|[^:[\]]+)(?::(?<port>\d{1,5}))?$/i;

const SCHEMES: Readonly<
  Record<string, { transport: BrokerUrl['transport']; tls: boolean; paths: boolean } | undefined>
> = {
  stomp: { transport: 'tcp', tls: false, paths: false },
  'stomp+ssl': { transport: 'tcp', tls: true, paths: false },
  ws: { transport: 'websocket', tls: false, paths: true },
  wss: { transport: 'websocket', tls: true, paths: true },
};

/** class-validator rule for a list of broker URLs. Of several URLs, it names the bad ones by their places. */
export function AreBrokerUrls(): PropertyDecorator {
  return CheckedBy(brokerUrlsProblem);
}

function brokerUrlsProblem(urls: readonly string[]): string | undefined {
  const problems = urls.flatMap((url, index) => {
    const parsed = parseBrokerUrl(url);
    if (!('problem' in parsed)) return [];
    return urls.length === 1 ? parsed.problem : `URL ${index + 1} ${parsed.problem}`;
  });
  if (problems.length === 0) return undefined;
  return urls.length === 1 ? problems[0] : `is not allowed: ${problems.join(', ')}`;
}

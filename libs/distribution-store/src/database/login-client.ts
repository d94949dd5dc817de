import { Socket } from 'node:net';
import { Client, type ClientConfig } from 'pg';
import { parseDatabaseUrl, type SslMode } from '../configuration/database-url.js';
import type { DatasourceConfig } from '../configuration/datasource.config.js';
import { tlsOptions } from '../configuration/tls-options.js';
import { TlsFiles } from './tls-files.js';

/**
 * The driver's client for a pool that may outlive its credentials. A pool makes one client per connection, and each client
 * uses what the secret files and the files of TLS hold at that moment. Of the URL it uses only user and password, because
 * sessions on two servers would not see each other's locks. Files that cannot be used leave the last good values in use.
 * Throws a StoreError where there are no good values yet.
 */
export function loginClient(
  config: DatasourceConfig,
  sslMode: SslMode,
  files = new TlsFiles(),
): typeof Client {
  files.read(config.readAgain());
  return class LoginClient extends Client {
    constructor(options?: ClientConfig) {
      const now = config.readAgain();
      super({
        ...options,
        ...loginOf(now),
        ssl: tlsOptions(sslMode, files.read(now)),
        stream: () => addressSocket(config.connectTimeout),
      });
    }
  };
}

function loginOf(config: DatasourceConfig): Pick<ClientConfig, 'user' | 'password'> {
  const url = parseDatabaseUrl(config.url);
  if ('problem' in url) throw new Error('a configuration with a faulty URL was accepted');
  const { user, password } = url.value;
  return { user, ...(password !== undefined && { password }) };
}

/**
 * What the driver connects through: where the host's name has several addresses, each gets a fair part of the
 * `connectTimeout` (milliseconds), and not the quarter of a second that is Node's own.
 */
function addressSocket(connectTimeout: number): Socket {
  const socket = new Socket();
  const connect = socket.connect.bind(socket);
  const autoSelectFamilyAttemptTimeout = Math.floor(connectTimeout / ADDRESSES);
  return Object.assign(socket, {
    /** As the driver calls it: with a port and a host, or with the path of a Unix socket. */
    connect: (place: number | string, host?: string) =>
      host === undefined
        ? connect(String(place))
        : connect({ port: Number(place), host, autoSelectFamilyAttemptTimeout }),
  });
}

/**
 * How many addresses of one name are tried within the time for a connection; the last one gets all that is left of it.
 */
const ADDRESSES = 3;

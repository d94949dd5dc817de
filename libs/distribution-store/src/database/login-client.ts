import { Socket } from 'node:net';
import { current } from '@comms/config';
import { Client, type ClientConfig } from 'pg';
import { parseDatabaseUrl, type SslMode } from '../configuration/database-url.js';
import type { DatasourceConfig } from '../configuration/datasource.config.js';
import { tlsOptions } from '../configuration/tls-options.js';
import { TlsFiles } from './tls-files.js';

/**
 * The driver's client for a pool that may outlive its credentials. A pool makes one for each connection, and each takes
 * what the secret files and the files of TLS hold at that moment: of the URL only user and password, since sessions on
 * two servers would not see each other's locks. Files that cannot be used leave the last good values in use; where there are none
 * yet, this throws a StoreError.
 */
export function loginClient(
  config: DatasourceConfig,
  sslMode: SslMode,
  files = new TlsFiles(),
): typeof Client {
  files.read(current(config));
  return class LoginClient extends Client {
    constructor(options?: ClientConfig) {
      const now = current(config);
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
  if ('problem' in url) throw new Error('a configuration with a faulty URL was let through');
  const { user, password } = url.value;
  return { user, ...(password !== undefined && { password }) };
}

/**
 * What the driver connects through: where the host's name has several addresses, each gets a fair part of the
 * `connectTimeout` (milliseconds), and not the quarter of a second that is Node's own.
 */
export function addressSocket(connectTimeout: number): Socket {
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

/** As many addresses of one name are tried within the time for a connection, the last of them to its end. */
const ADDRESSES = 3;

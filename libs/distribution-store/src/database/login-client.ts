import { current } from '@comms/config';
import { Client, type ClientConfig } from 'pg';
import { parseDatabaseUrl, type SslMode } from '../configuration/database-url.js';
import type { DatasourceConfig } from '../configuration/datasource.config.js';
import { readAuthorities } from '../configuration/read-authorities.js';
import { tlsOptions } from '../configuration/tls-options.js';
import { StoreError } from '../store-error.js';

/**
 * The driver's client for a pool that may outlive its credentials. A pool makes one for each connection, and each takes
 * what the secret file of the URL and the file of authorities hold at that moment: of the URL only user and password,
 * since sessions on two servers would not see each other's locks. Files that ail leave the last good values in use.
 */
export function loginClient(config: DatasourceConfig, sslMode: SslMode): typeof Client {
  const authorities = authoritiesOf(config);
  return class LoginClient extends Client {
    constructor(options?: ClientConfig) {
      super({ ...options, ...loginOf(config), ssl: tlsOptions(sslMode, authorities()) });
    }
  };
}

function loginOf(config: DatasourceConfig): Pick<ClientConfig, 'user' | 'password'> {
  const url = parseDatabaseUrl(current(config).url);
  if ('problem' in url) throw new Error('a configuration with a faulty URL was let through');
  const { user, password } = url.value;
  return { user, ...(password !== undefined && { password }) };
}

/** Throws where the file is of no use from the start. */
function authoritiesOf({ tlsCaFile }: DatasourceConfig): () => string | undefined {
  if (tlsCaFile === undefined) return () => undefined;
  const first = readAuthorities(tlsCaFile);
  if ('problem' in first) throw new StoreError('STORE_TLS', `The file of authorities ${first.problem}.`);
  let last = first.value;
  return () => {
    const read = readAuthorities(tlsCaFile);
    if ('value' in read) last = read.value;
    return last;
  };
}

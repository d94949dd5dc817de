import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { HOST_VARIABLE } from './host-shared-servers.js';
import { type SharedServerFacts, type SharedServerName, SharedServers } from './shared-servers.js';
import { TestServerError } from './test-server-error.js';

const own = new SharedServers();

/**
 * One of the servers that the run shares: asked from the run's host where there is one (Jest's global set-up), else
 * started by this process and ended with it.
 */
export async function sharedServer<N extends SharedServerName>(name: N): Promise<SharedServerFacts[N]> {
  const host = process.env[HOST_VARIABLE];
  return host === undefined ? own.facts(name) : ask(`${host}/${name}`);
}

/**
 * Without a limit of time: the first call may install a broker, and the suite's own limit is above this. Each on a
 * connection of its own: the host may be about to close an idle one.
 */
function ask<T>(url: string): Promise<T> {
  return new Promise((resolve, reject) => {
    get(url, { agent: false }, (response) => {
      text(response).then((body) => {
        if (response.statusCode === 200) resolve(JSON.parse(body) as T);
        else reject(new TestServerError('SERVER_DID_NOT_START', body));
      }, reject);
    }).once('error', reject);
  });
}

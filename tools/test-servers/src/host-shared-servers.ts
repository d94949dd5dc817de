import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type SharedServerName, SharedServers } from './shared-servers.js';

/** Names the host of a test run to its workers, which inherit the variable. */
export const HOST_VARIABLE = 'COMMS_TEST_SERVERS_HOST';

/**
 * Lets the worker processes of one test run share servers: answers `GET /<name>` with a server's facts, starting it at
 * the first request. Gives the function that ends them all.
 */
export async function hostSharedServers(): Promise<() => Promise<void>> {
  const servers = new SharedServers();
  const host = createServer((request, response) => {
    servers.facts((request.url ?? '').slice(1) as SharedServerName).then(
      (facts) => response.end(JSON.stringify(facts)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  host.unref();
  process.env[HOST_VARIABLE] = `http://127.0.0.1:${(host.address() as AddressInfo).port}`;
  return async () => {
    close(host);
    await servers.stop();
  };
}

function close(host: Server): void {
  host.close();
  host.closeAllConnections();
}

/** Jest's `globalSetup`: lets the workers of one run share servers, which start when a suite first asks for them. */
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

export default async function setUp() {
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const project = fileURLToPath(new URL('tsconfig.build.json', import.meta.url));
  execFileSync(process.execPath, [compiler, '-b', project], { stdio: 'inherit' });
  const { hostSharedServers } = await import('./dist/shared-servers.js');
  globalThis.stopSharedTestServers = await hostSharedServers();
}

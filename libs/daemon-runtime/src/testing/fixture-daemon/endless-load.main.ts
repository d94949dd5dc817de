import { setTimeout } from 'node:timers/promises';
import { startDaemon } from '../../process/start-daemon.js';

/** A daemon whose modules take longer to load than any test. */
await startDaemon(async () => {
  process.stdout.write('{"msg":"loading"}\n');
  await setTimeout(600_000);
  return import('./daemon.js');
});

/**
 * Runs beside the demo, for the case that the demo is killed and can clean up nothing: its IPC channel then closes,
 * and the guard kills the daemons that are left and removes the folder that it was started with.
 */
import { rmSync } from 'node:fs';
import type { GuardMessage } from './guard.js';

const [, , folder = ''] = process.argv;
const pids = new Set<number>();

process.on('message', (message: GuardMessage) => {
  if ('started' in message) pids.add(message.started);
  else pids.delete(message.ended);
});
process.on('disconnect', cleanUp);
// The demo may have ended before this had begun to listen.
if (!process.connected) cleanUp();

function cleanUp(): void {
  for (const pid of pids) kill(pid);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

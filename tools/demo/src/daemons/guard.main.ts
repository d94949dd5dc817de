/**
 * Runs beside the demo, for the case that the demo is killed and can clean up nothing: its IPC channel then closes,
 * and the guard kills the daemons that are left and removes the folder.
 */
import { rmSync } from 'node:fs';
import type { GuardMessage } from './guard.js';

const pids = new Set<number>();
const folders = new Set<string>();

process.on('message', (message: GuardMessage) => {
  if ('folder' in message) folders.add(message.folder);
  else if ('started' in message) pids.add(message.started);
  else pids.delete(message.ended);
});

process.on('disconnect', () => {
  for (const pid of pids) kill(pid);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

import type { Daemon } from './daemon.js';

/** What is wrong with a daemon's output: each line of it is JSON with the fields of every event, and no other output. */
export function logFaults({ app, stdout, stderr }: Daemon): string[] {
  const lines = stdout.split('\n').filter((line) => line !== '');
  const strange = lines.filter((line) => !isEvent(line, app));
  if (stderr !== '') strange.push(stderr);
  return strange.map((text) => `${app} wrote something that is no event: ${text}`);
}

function isEvent(line: string, app: string): boolean {
  try {
    const event = JSON.parse(line) as Record<string, unknown>;
    return typeof event['level'] === 'string' && typeof event['msg'] === 'string' && event['app'] === app;
  } catch {
    return false;
  }
}

import { setTimeout } from 'node:timers/promises';

/** What the demo reads of a daemon's health document. */
export interface Health {
  readonly status: string;
  readonly database?: PartOfHealth;
  readonly broker?: PartOfHealth;
  readonly directory?: PartOfHealth;
}

interface PartOfHealth {
  readonly status: string;
  readonly text?: string;
}

/** Asks `/health`. A daemon that does not respond has the status `no answer`. */
export async function healthOf(url: string): Promise<Health> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(3_000) });
    return (await response.json()) as Health;
  } catch {
    return { status: 'no answer' };
  }
}

/** Waits until the daemon is at work with all that it needs. Returns what it lacks when the time is over. */
export async function untilHealthy(
  url: string,
  { limitMs, signal }: { limitMs: number; signal: AbortSignal },
): Promise<string | undefined> {
  const deadline = Date.now() + limitMs;
  let health = await healthOf(url);
  while (health.status !== 'up') {
    if (Date.now() > deadline) return shortcomings(health);
    await setTimeout(POLL_MS, undefined, { signal });
    health = await healthOf(url);
  }
  return undefined;
}

const POLL_MS = 100;

function shortcomings({ status, database, broker, directory }: Health): string {
  const parts = Object.entries({ database, broker, directory }).flatMap(([name, part]) =>
    part === undefined || part.status === 'up' ? [] : [`${name} ${part.status}: ${part.text ?? 'no reason'}`],
  );
  return [`status ${status}`, ...parts].join('; ');
}

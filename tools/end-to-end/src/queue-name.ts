import { randomUUID } from 'node:crypto';

/** The name of a queue that nobody else uses. */
export function queueName(purpose: string): string {
  return `end-to-end.${purpose}.${randomUUID()}`;
}

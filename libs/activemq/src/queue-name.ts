/** Longer names are cut by some brokers' file systems and consoles. */
export const MAX_QUEUE_NAME_LENGTH = 255;

/** ActiveMQ gives them a meaning in the name of a destination. */
export const QUEUE_WILDCARDS = '* > # ?';

/** The name alone: `/queue/x`, as STOMP clients of ActiveMQ write it, means the queue `x`. */
export function bareQueueName(text: string): string {
  return text.startsWith('/queue/') ? text.slice('/queue/'.length) : text;
}

/** What is wrong with a queue name, to be read after it; undefined where nothing is. */
export function queueNameProblem(text: string): string | undefined {
  const name = bareQueueName(text);
  if (name === '') return 'names no queue';
  if (name.length > MAX_QUEUE_NAME_LENGTH) return `is longer than ${MAX_QUEUE_NAME_LENGTH} characters`;
  return FORBIDDEN.find(({ pattern }) => pattern.test(name))?.problem;
}

/** A comma sends to several queues, a wildcard names none, and `?` starts options of the destination. */
const FORBIDDEN = [
  { pattern: /[\s\p{C}]/u, problem: 'holds a space, a line break or an invisible character' },
  { pattern: /,/, problem: 'holds a comma' },
  { pattern: /[*>#?]/, problem: `holds one of the wildcards ${QUEUE_WILDCARDS}` },
  { pattern: /^\/|:\/\//, problem: 'is the name of another kind of destination' },
] as const;

/** Longer names are cut by some brokers' file systems and consoles. */
const MAX_LENGTH = 255;

/** The name alone: `/queue/x`, as STOMP clients of ActiveMQ write it, means the queue `x`. */
export function bareQueueName(text: string): string {
  return text.startsWith(PREFIX) ? text.slice(PREFIX.length) : text;
}

/** What is wrong with a queue name, or undefined. */
export function queueNameProblem(text: string): string | undefined {
  const name = bareQueueName(text);
  if (name === '') return 'the name is empty';
  if (name.length > MAX_LENGTH) return `the name is longer than ${MAX_LENGTH} characters`;
  return FORBIDDEN.find(({ pattern }) => pattern.test(name))?.problem;
}

const PREFIX = '/queue/';

/** A comma sends to several queues, a wildcard names none, and `?` starts options of the destination. */
const FORBIDDEN = [
  { pattern: /[\s\p{Cc}]/u, problem: 'the name holds a space, a line break or another control character' },
  { pattern: /,/, problem: 'the name holds a comma' },
  { pattern: /[*>#?]/, problem: 'the name holds one of the wildcards * > # ?' },
  { pattern: /^\/|:\/\//, problem: 'the name is that of another kind of destination' },
] as const;

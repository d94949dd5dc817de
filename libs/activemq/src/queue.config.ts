import { CheckedBy, Property } from '@comms/config';

/** Longer names are cut by some brokers' file systems and consoles. */
const MAX_LENGTH = 255;

const WILDCARDS = '* > # ?';

/** Which queue a daemon puts its messages on. */
export class QueueConfig {
  @Property('.extract.to.queue', {
    type: 'string',
    default: (prefix) => `${prefix.replace(/\.monitor$/, '')}.outbound`,
    description:
      'The outbound queue. A leading `/queue/`, as STOMP clients write it, is accepted and is not part of the name.',
    allowed: `the name of one queue, at most ${MAX_LENGTH} characters, without spaces, commas or the wildcards ${WILDCARDS}`,
  })
  @CheckedBy(queueNameProblem)
  readonly queue!: string;
}

/** The name alone: `/queue/x`, as STOMP clients of ActiveMQ write it, means the queue `x`. */
export function bareQueueName(text: string): string {
  return text.startsWith('/queue/') ? text.slice('/queue/'.length) : text;
}

/** What is wrong with a queue name, to be read after it; undefined where nothing is. */
export function queueNameProblem(text: string): string | undefined {
  const name = bareQueueName(text);
  if (name === '') return 'names no queue';
  if (name.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`;
  return FORBIDDEN.find(({ pattern }) => pattern.test(name))?.problem;
}

/** A comma sends to several queues, a wildcard names none, and `?` starts options of the destination. */
const FORBIDDEN = [
  { pattern: /[\s\p{C}]/u, problem: 'holds a space, a line break or an invisible character' },
  { pattern: /,/, problem: 'holds a comma' },
  { pattern: /[*>#?]/, problem: `holds one of the wildcards ${WILDCARDS}` },
  { pattern: /^\/|:\/\//, problem: 'is the name of another kind of destination' },
] as const;

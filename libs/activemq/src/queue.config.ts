import { CheckedBy, Property } from '@comms/config';
import { MAX_QUEUE_NAME_LENGTH, QUEUE_WILDCARDS, queueNameProblem } from './queue-name.js';

/** Which queue a daemon puts its messages on. */
export class QueueConfig {
  @Property('.extract.to.queue', {
    type: 'string',
    default: (prefix) => `${prefix.replace(/\.monitor$/, '')}.outbound`,
    description:
      'The outbound queue. A leading `/queue/`, as STOMP clients write it, is accepted and is not part of the name.',
    allowed: `the name of one queue, at most ${MAX_QUEUE_NAME_LENGTH} characters, without spaces, commas or the wildcards ${QUEUE_WILDCARDS}`,
  })
  @CheckedBy(queueNameProblem)
  readonly queue!: string;
}

import { CheckedBy, Property } from '@comms/config';
import { queueNameProblem } from './queue-name.js';

/** Which queue a daemon puts its messages on. */
export class QueueConfig {
  @Property('.extract.to.queue', {
    type: 'string',
    default: (prefix) => `${prefix.replace(/\.monitor$/, '')}.outbound`,
    description:
      'The outbound queue. A leading `/queue/`, as STOMP clients write it, is accepted and is not part of the name.',
    allowed: 'the name of one queue, without spaces, commas or the wildcards * > # ?',
  })
  @CheckedBy(queueNameProblem)
  readonly queue!: string;
}

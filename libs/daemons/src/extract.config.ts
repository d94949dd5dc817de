import { CheckedBy, Property } from '@comms/config';
import { ALLOWED_SCHEDULES, FOLLOW_UP, IsSchedule, SCHEDULE_FIELDS } from '@comms/daemon-runtime';
import type { DeliveredStatus } from '@comms/distribution';
import { DEFAULT_DATE_FORMAT, DEFAULT_TIME_ZONE, dateFormatFault, timeZoneFault } from '@comms/message-json';

/** When a delivery daemon runs, how much it takes at once, and what it makes of a delivered row. */
export class ExtractConfig {
  @Property('.extract.enabled', {
    type: 'boolean',
    default: true,
    description:
      'Switches the distribution on. With `false` the daemon starts, is healthy, and distributes nothing.',
  })
  readonly enabled!: boolean;

  @Property('.extract.schedule', {
    type: 'string',
    default: '1s',
    description:
      'When the daemon looks for rows. A backlog is worked off at once, without waiting for the next time. ' +
      SCHEDULE_FIELDS,
    allowed: ALLOWED_SCHEDULES,
  })
  @IsSchedule()
  readonly schedule!: string;

  @Property('.extract.follow-up', {
    type: 'boolean',
    default: true,
    description: FOLLOW_UP,
  })
  readonly followUp!: boolean;

  @Property('.extract.wake-up', {
    type: 'boolean',
    default: false,
    description:
      'Looks for rows also as soon as the database notifies it of new ones. Needs the triggers of sql/wake-up.sql, and a connection of its own.',
  })
  readonly wakeUp!: boolean;

  @Property('.extract.batch-size', {
    type: 'integer',
    default: 2000,
    description:
      'Rows at most in one batch: claimed, put and recorded together. The daemon finds the size below it: batches grow while they go well and quickly, and shrink when they do not.',
    between: [1, 5000],
  })
  readonly batchSize!: number;

  @Property('.extract.rows-in-hand', {
    type: 'integer',
    default: 3000,
    description:
      'Rows at most that one daemon has claimed at a time, over all its batches. So many messages may be put again after a crash.',
    between: [1, 15_000],
  })
  readonly rowsInHand!: number;

  @Property('.extract.max-message-bytes', {
    type: 'integer',
    default: 4_194_304,
    description:
      'Bytes of UTF-8 that a text may have. A row with a longer one becomes `E` with the code MESSAGE_TOO_LONG, and its text is not loaded. Longer texts need more memory: some 90 MiB and 30 times the longest, with three batches in hand.',
    between: [1024, 67_108_864],
  })
  readonly maxMessageBytes!: number;

  @Property('.extract.batches-in-hand', {
    type: 'integer',
    default: 3,
    description:
      'Batches of a backlog that are in hand at a time: while one is put, another is claimed and a third recorded. Each holds a database connection.',
    between: [1, 8],
  })
  readonly batchesInHand!: number;

  @Property('.extract.distribution-status', {
    type: 'string',
    default: 'S',
    description:
      'The status that a delivered row gets, and so the word that agents read: `S` (Sent, with SentDateTime) or `P` (Published, with PublishedDateTime).',
    oneOf: ['S', 'P'],
  })
  readonly distributionStatus!: DeliveredStatus;

  @Property('.extract.date-format', {
    type: 'string',
    default: DEFAULT_DATE_FORMAT,
    description: 'Pattern of extractDateTime in the JSON message. The default is ISO 8601 with offset.',
    allowed: 'a date pattern such as yyyy-MM-dd HH:mm:ss',
  })
  @CheckedBy(dateFormatFault)
  readonly dateFormat!: string;

  @Property('.extract.time-zone', {
    type: 'string',
    default: DEFAULT_TIME_ZONE,
    description: 'Time zone of extractDateTime in the JSON message.',
    allowed: 'an IANA time zone such as UTC or Europe/London',
  })
  @CheckedBy(timeZoneFault)
  readonly timeZone!: string;

  @Property('.extract.expire-on-queue', {
    type: 'boolean',
    default: false,
    description:
      'Lets the broker throw a message away that is still on the queue after its time exclusion (header `expires`). Its row stays sent although the text reached no one, and the clock of the broker judges. In mode send-before, and to a queue, alone.',
  })
  readonly expireOnQueue!: boolean;

  @Property('.extract.retry.max-tries', {
    type: 'integer',
    default: 5,
    description:
      'Tries of one row in all. A row that is refused becomes `R` until its next try, and `E` after the last one. A broker or database that is down uses up no try.',
    between: [1, 100],
  })
  readonly maxTries!: number;

  @Property('.extract.retry.initial-delay', {
    type: 'duration',
    default: '30s',
    description: 'Wait before the second try of a row; doubled before each further one, with jitter.',
    between: ['1s', '24h'],
  })
  readonly initialDelayMs!: number;

  @Property('.extract.retry.max-delay', {
    type: 'duration',
    default: '1h',
    description: 'The longest wait between two tries of a row, not below `…retry.initial-delay`.',
    between: ['1s', '168h'],
  })
  readonly maxDelayMs!: number;
}

export type Route = 'queue' | 'file';

/** Where sms-to-handset delivers to; the other daemons know queues alone. */
export class RouteConfig {
  @Property('.extract.to.type', {
    type: 'string',
    default: 'queue',
    description: 'Whether messages go to a queue or into files of a directory.',
    oneOf: ['queue', 'file'],
  })
  readonly type!: Route;
}

import { Property } from '@comms/config';
import { ALLOWED_SCHEDULES, FOLLOW_UP, IsSchedule, SCHEDULE_FIELDS } from '@comms/daemon-runtime';

/** When comms-monitor runs, and how much it takes at once. */
export class MonitorConfig {
  @Property('comms.monitor.enabled', {
    type: 'boolean',
    default: true,
    description: 'Switches comms-monitor on. With `false` it starts, is healthy, and changes nothing.',
  })
  readonly enabled!: boolean;

  @Property('comms.monitor.schedule', {
    type: 'string',
    default: '1s',
    description:
      'When comms-monitor looks for work. A backlog is worked off at once, without waiting for the next time. ' +
      SCHEDULE_FIELDS,
    allowed: ALLOWED_SCHEDULES,
  })
  @IsSchedule()
  readonly schedule!: string;

  @Property('comms.monitor.follow-up', {
    type: 'boolean',
    default: true,
    description: FOLLOW_UP,
  })
  readonly followUp!: boolean;

  @Property('comms.monitor.wake-up', {
    type: 'boolean',
    default: false,
    description:
      'Looks for work also as soon as the database notifies it of merged targets. Needs the triggers of sql/wake-up.sql, and a connection of its own.',
  })
  readonly wakeUp!: boolean;

  @Property('comms.monitor.batch-size', {
    type: 'integer',
    default: 1000,
    description: 'Rows at most that one statement of comms-monitor handles.',
    between: [1, 5000],
  })
  readonly batchSize!: number;
}

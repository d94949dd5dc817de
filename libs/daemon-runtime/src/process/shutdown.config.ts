import { Property } from '@comms/config';
import { Max, Min } from 'class-validator';

/** How a daemon ends. */
export class ShutdownConfig {
  @Property('comms.shutdown.drain-limit', {
    type: 'duration',
    default: '25s',
    description:
      'How long the batch in hand may take to end after SIGTERM or SIGINT; then it is given up, and its rows stay as they were. The supervisor must not kill the daemon before this time and 3 seconds have passed.',
    allowed: '0s to 1h',
  })
  @Min(0)
  @Max(3_600_000)
  readonly drainLimitMs!: number;
}

import { Property } from '@comms/config';
import { IsInt, Max, Min } from 'class-validator';

/** Where the daemon shows its health, and when it counts as stuck. */
export class HealthConfig {
  @Property('comms.health.port', {
    type: 'integer',
    default: 3000,
    description: 'Port of the health and metrics endpoints.',
    allowed: '1 to 65535',
  })
  @IsInt()
  @Min(1)
  @Max(65_535)
  readonly port!: number;

  @Property('comms.health.host', {
    type: 'string',
    description:
      'Address that the health and metrics endpoints listen on, such as `127.0.0.1`; all addresses when left out.',
    allowed: 'an address of this machine',
  })
  readonly host?: string;

  @Property('comms.health.stuck-after', {
    type: 'duration',
    default: '10m',
    description:
      'A batch that has not ended after this time counts as stuck: `/health/live` returns 503, so that a supervisor restarts the daemon. It must be longer than any batch may take.',
    allowed: '1s to 24h',
  })
  @Min(1_000)
  @Max(86_400_000)
  readonly stuckAfterMs!: number;
}

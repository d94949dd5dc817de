import { type Configuration, type Fault, Property } from '@comms/config';
import { Max, Min } from 'class-validator';

/** How long a daemon pauses when something that is no row's fault keeps it from its work. */
export class BackOffConfig {
  @Property('comms.back-off.initial', {
    type: 'duration',
    default: '1s',
    description:
      'The longest pause after a first failure of the database, the broker or the disk. It doubles with each further failure in a row; up to half of each pause is taken off at random.',
    allowed: '10ms to 1h',
  })
  @Min(10)
  @Max(3_600_000)
  readonly initialMs!: number;

  @Property('comms.back-off.max', {
    type: 'duration',
    default: '30s',
    description:
      'What no pause after a failure exceeds. The daemon tries again by itself at the end of each.',
    allowed: '10ms to 1h, and not below comms.back-off.initial',
  })
  @Min(10)
  @Max(3_600_000)
  readonly maxMs!: number;
}

/** The first pause must fit in the longest. */
export function checkBackOff(configuration: Configuration): Fault[] {
  const { initialMs, maxMs } = configuration.get(BackOffConfig);
  if (initialMs <= maxMs) return [];
  return [
    {
      key: configuration.keyOf(BackOffConfig, 'maxMs'),
      problem: `is below ${configuration.keyOf(BackOffConfig, 'initialMs')}`,
    },
  ];
}

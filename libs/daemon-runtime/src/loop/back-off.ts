import { type Configuration, type Fault, Property } from '@comms/config';

/** How long a daemon pauses when something that is no row's fault keeps it from its work. */
export class BackOffConfig {
  @Property('comms.back-off.initial', {
    type: 'duration',
    default: '1s',
    description:
      'The longest pause after a first failure of the database, the broker or the disk. It doubles with each further failure in a row; up to half of each pause is taken off at random.',
    between: ['10ms', '1h'],
  })
  readonly initialMs!: number;

  @Property('comms.back-off.max', {
    type: 'duration',
    default: '30s',
    description:
      'The longest pause after any failure, not below `comms.back-off.initial`. The daemon tries again by itself at the end of each.',
    between: ['10ms', '1h'],
  })
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

/** The longest pause after a first failure, and the longest pause at all, in milliseconds. */
export type BackOffLimits = Pick<BackOffConfig, 'initialMs' | 'maxMs'>;

/**
 * How long to pause after the `failures`th failure in a row: doubling from `initialMs` up to `maxMs`, of which a random
 * half is taken off, so that replicas that failed together do not come back together.
 *
 * @param random from 0 to below 1
 */
export function backOffMs({ initialMs, maxMs }: BackOffLimits, failures: number, random: number): number {
  const longest = Math.min(maxMs, initialMs * 2 ** (failures - 1));
  return Math.round(longest * (1 - random / 2));
}

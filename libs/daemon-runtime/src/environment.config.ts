import { Property } from '@comms/config';
import { Matches } from 'class-validator';

/** Which of several environments this is; the same for the whole suite. */
export class EnvironmentConfig {
  @Property('comms.environment', {
    type: 'string',
    description:
      'Name of the environment, such as `production` or `test-2`. Each message and the health of each daemon carry it.',
    allowed: '1 to 30 letters, digits, dots, dashes and underscores, the first a letter or digit',
  })
  @Matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,29}$/)
  readonly environment?: string;
}

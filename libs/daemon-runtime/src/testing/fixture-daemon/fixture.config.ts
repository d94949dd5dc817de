import { Property } from '@comms/config';

const FIXTURE_MODES = [
  'idle',
  'gated',
  'hanging',
  'unclosable',
  'unwired',
  'slow-start',
  'rejecting',
  'throwing',
  'chatty',
  'burst',
];

/** What the fixture daemon is to do. */
export class FixtureConfig {
  @Property('comms.fixture.mode', {
    type: 'string',
    default: 'idle',
    description: 'What it is to do.',
    oneOf: FIXTURE_MODES,
  })
  readonly mode!: string;

  @Property('comms.fixture.password', { type: 'string', secret: true, description: 'Not to be shown.' })
  readonly password?: string;
}

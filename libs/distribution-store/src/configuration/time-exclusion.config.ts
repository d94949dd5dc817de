import { Property } from '@comms/config';
import { TIME_EXCLUSION_MODES, type TimeExclusionMode } from '@comms/distribution';

/** How the time exclusion of a row is read; the same for the whole suite. */
export class TimeExclusionConfig {
  @Property('comms.time-exclusion.mode', {
    type: 'string',
    default: 'send-before',
    description:
      '`send-before`: a row may be distributed while its time exclusion has not passed. ' +
      '`send-after`: it may be distributed once its time exclusion has come. Must be the same for all daemons.',
    oneOf: TIME_EXCLUSION_MODES,
  })
  readonly mode!: TimeExclusionMode;
}

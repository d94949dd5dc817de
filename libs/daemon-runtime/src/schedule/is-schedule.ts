import { CheckedBy } from '@comms/config';
import { parseSchedule } from './schedule.js';

/** class-validator rule for a property that holds a schedule. */
export function IsSchedule(): PropertyDecorator {
  return CheckedBy((text: string) => {
    const schedule = parseSchedule(text);
    return 'problem' in schedule ? schedule.problem : undefined;
  });
}

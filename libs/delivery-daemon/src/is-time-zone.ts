import { timeZoneFault } from '@comms/message-json';
import { ValidateBy } from 'class-validator';

/** class-validator rule for a property that holds an IANA time zone. */
export function IsTimeZone(): PropertyDecorator {
  return ValidateBy({
    name: 'isTimeZone',
    validator: {
      validate: (value) => typeof value === 'string' && timeZoneFault(value) === undefined,
      defaultMessage: (rule) => timeZoneFault(String(rule?.value)) ?? '',
    },
  });
}

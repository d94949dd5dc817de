import { dateFormatFault } from '@comms/message-json';
import { ValidateBy } from 'class-validator';

/** class-validator rule for a property that holds a date format; its message says in a sentence what is wrong. */
export function IsDateFormat(): PropertyDecorator {
  return ValidateBy({
    name: 'isDateFormat',
    validator: {
      validate: (value) => typeof value === 'string' && dateFormatFault(value) === undefined,
      defaultMessage: (rule) => dateFormatFault(String(rule?.value)) ?? '',
    },
  });
}

import { ValidateBy } from 'class-validator';
import { queueNameProblem } from './queue-name.js';

/** class-validator rule for the name of one queue. */
export function IsQueueName(): PropertyDecorator {
  return ValidateBy({
    name: 'isQueueName',
    validator: {
      validate: (value) => typeof value === 'string' && queueNameProblem(value) === undefined,
      defaultMessage: (rule) => queueNameProblem(String(rule?.value)) ?? '',
    },
  });
}

import { ValidateBy } from 'class-validator';
import { parseSchedule } from './schedule.js';

/** class-validator rule for a property that holds a schedule; its message says in a sentence what is wrong. */
export function IsSchedule(): PropertyDecorator {
  return ValidateBy({
    name: 'isSchedule',
    validator: {
      validate: (value) => problemOf(value) === undefined,
      defaultMessage: (rule) => `The schedule ${problemOf(rule?.value) ?? 'is sound'}.`,
    },
  });
}

function problemOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return 'is not a text';
  const schedule = parseSchedule(value);
  return 'problem' in schedule ? schedule.problem : undefined;
}

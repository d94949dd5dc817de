import { ValidateBy } from 'class-validator';

/**
 * class-validator rule of one function, which says why a value is not allowed, to be read after it: `has no port`;
 * undefined where it is. It must not quote the value: its problem is shown in the fault, also where the property is a secret or has
 * words of its own for what is allowed; those of class-validator's own rules are not, for they may quote the value.
 */
export function CheckedBy(problemOf: (value: never) => string | undefined): PropertyDecorator {
  return ValidateBy({
    name: CHECKED_BY,
    validator: {
      validate: (value) => problemOf(value as never) === undefined,
      defaultMessage: (rule) => problemOf(rule?.value as never) ?? '',
    },
  });
}

/** The name of the rule, by which the loader knows that its message may be shown. */
export const CHECKED_BY = 'checkedBy';

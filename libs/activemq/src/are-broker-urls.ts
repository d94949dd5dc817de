import { ValidateBy } from 'class-validator';
import { parseBrokerUrl } from './broker-url.js';

/** class-validator rule for a list of broker URLs; its message names the bad element by its place. */
export function AreBrokerUrls(): PropertyDecorator {
  return ValidateBy({
    name: 'areBrokerUrls',
    validator: {
      validate: (value) => problemOf(value) === undefined,
      defaultMessage: (rule) => problemOf(rule?.value) ?? '',
    },
  });
}

function problemOf(value: unknown): string | undefined {
  if (!Array.isArray(value) || value.length === 0) return 'the list is empty';
  const problems = value.flatMap((element, index) => {
    const parsed = parseBrokerUrl(String(element));
    return 'problem' in parsed ? [`URL ${index + 1} ${parsed.problem}`] : [];
  });
  return problems.length === 0 ? undefined : problems.join('; ');
}

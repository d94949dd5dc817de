import { CheckedBy } from '@comms/config';
import { parseBrokerUrl } from './broker-url.js';

/** class-validator rule for a list of broker URLs; of several, it names the bad ones by their places. */
export function AreBrokerUrls(): PropertyDecorator {
  return CheckedBy(brokerUrlsProblem);
}

function brokerUrlsProblem(urls: readonly string[]): string | undefined {
  const problems = urls.flatMap((url, index) => {
    const parsed = parseBrokerUrl(url);
    if (!('problem' in parsed)) return [];
    return urls.length === 1 ? parsed.problem : `URL ${index + 1} ${parsed.problem}`;
  });
  if (problems.length === 0) return undefined;
  return urls.length === 1 ? problems[0] : `is not allowed: ${problems.join(', ')}`;
}

import { CheckedBy } from '@comms/config';
import { parseDatabaseUrl } from './database-url.js';

/** The field holds a URL that {@link parseDatabaseUrl} can take apart. */
export function IsDatabaseUrl(): PropertyDecorator {
  return CheckedBy((url: string) => {
    const parsed = parseDatabaseUrl(url);
    return 'problem' in parsed ? parsed.problem : undefined;
  });
}

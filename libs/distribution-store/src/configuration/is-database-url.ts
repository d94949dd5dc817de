import { ValidateBy } from 'class-validator';
import { parseDatabaseUrl } from './database-url.js';

/** The field holds a URL that {@link parseDatabaseUrl} can take apart. */
export function IsDatabaseUrl(): PropertyDecorator {
  return ValidateBy({
    name: 'isDatabaseUrl',
    validator: { validate: (value) => typeof value === 'string' && 'value' in parseDatabaseUrl(value) },
  });
}

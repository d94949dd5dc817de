import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The version in the nearest `package.json` above a program. Node.js needs that file too. */
export function appVersion(entry: string): string {
  const directory = dirname(entry);
  const version = versionIn(directory);
  if (version !== undefined) return version;
  return directory === entry ? 'unknown' : appVersion(directory);
}

function versionIn(directory: string): string | undefined {
  try {
    const manifest: unknown = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
    return isVersioned(manifest) ? manifest.version : undefined;
  } catch {
    return undefined;
  }
}

function isVersioned(manifest: unknown): manifest is { version: string } {
  return (
    typeof manifest === 'object' &&
    manifest !== null &&
    'version' in manifest &&
    typeof manifest.version === 'string'
  );
}

import type { Parsed } from '../parsed.js';
import { pemCertificates } from './pem-certificates.js';
import { readPem } from './read-pem.js';

/**
 * The certificates of a file of authorities, for the `ca` of TLS: exactly those that were loaded here. A problem, to be
 * read after the name of the file, where it can't be read or not every certificate of it loads.
 */
export function readAuthorities(path: string): Parsed<readonly string[]> {
  const text = readPem(path);
  if ('problem' in text) return text;
  const certificates = pemCertificates(text.value);
  return 'problem' in certificates ? certificates : { value: certificates.value.map(({ pem }) => pem) };
}

import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Parsed } from '@comms/config';

/** The PEM text of a file of certificate authorities; a problem where it can't be read or not each of them be used. */
export function readAuthorities(path: string): Parsed<string> {
  try {
    const pem = readFileSync(path, 'utf8');
    const certificates = pem.match(PEM_CERTIFICATES) ?? [];
    for (const certificate of certificates) new X509Certificate(certificate);
    return certificates.length > 0 ? { value: pem } : { problem: 'holds no certificate' };
  } catch (error) {
    return { problem: `cannot be used (${codeOf(error)})` };
  }
}

/** One that is cut short counts too: TLS itself would pass over it without a word. */
const PEM_CERTIFICATES = /-----BEGIN CERTIFICATE-----.*?(-----END CERTIFICATE-----|$)/gs;

function codeOf(error: unknown): string {
  return (error as Partial<NodeJS.ErrnoException>).code ?? 'unknown';
}

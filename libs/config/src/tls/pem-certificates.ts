import { X509Certificate } from 'node:crypto';
import type { Parsed } from '../parsed.js';
import { codeOf } from './read-pem.js';

/** A certificate that has loaded, with the text that it was loaded from. */
export interface PemCertificate {
  readonly pem: string;
  readonly certificate: X509Certificate;
}

/**
 * The certificates of a PEM text in their order. Whatever stands around them is passed over, as OpenSSL does; one that
 * is cut short, indented or lacks a marker is a problem, since TLS would pass over it without a word.
 */
export function pemCertificates(text: string): Parsed<readonly [PemCertificate, ...PemCertificate[]]> {
  const blocks = text.match(BLOCKS) ?? [];
  const markers = text.match(MARKERS) ?? [];
  if (markers.length !== 2 * blocks.length) return { problem: 'holds a certificate that is cut' };
  try {
    const [first, ...others] = blocks.map((pem) => ({ pem, certificate: new X509Certificate(pem) }));
    return first === undefined ? { problem: 'holds no certificate' } : { value: [first, ...others] };
  } catch (error) {
    return { problem: `holds a certificate that cannot be used (${codeOf(error)})` };
  }
}

/** A marker need not stand on a line of its own: files that lack their last line break are often joined. */
const BLOCKS =
  /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----.*?-----END (?:X509 |TRUSTED )?CERTIFICATE-----/gs;
/** Those that lack a dash too. */
const MARKERS = /-(?:BEGIN|END) (?:X509 |TRUSTED )?CERTIFICATE-/g;

import { X509Certificate } from 'node:crypto';
import type { Parsed } from '../parse-value.js';
import { codeOf, readPem } from './pem.js';

/**
 * The certificates of a file of authorities, for the `ca` of TLS: exactly those that were loaded here. A problem, to be
 * read after the name of the file, where the file cannot be read or one of its certificates does not load.
 */
export function readAuthorities(path: string): Parsed<readonly string[]> {
  const text = readPem(path);
  if ('problem' in text) return text;
  const certificates = pemCertificates(text.value);
  return 'problem' in certificates ? certificates : { value: certificates.value.map(({ pem }) => pem) };
}

/** A certificate that has loaded, with the text that it was loaded from. */
export interface PemCertificate {
  readonly pem: string;
  readonly certificate: X509Certificate;
}

/**
 * The certificates of a PEM text in their order. Text around them is ignored, as OpenSSL does. A certificate that is cut
 * short, is indented or lacks a marker is a problem, because TLS would ignore it in silence.
 */
export function pemCertificates(text: string): Parsed<readonly [PemCertificate, ...PemCertificate[]]> {
  const blocks = text.match(BLOCKS) ?? [];
  const markers = text.match(MARKERS) ?? [];
  if (markers.length !== 2 * blocks.length) return { problem: 'holds a certificate that is cut short' };
  try {
    const [first, ...others] = blocks.map((pem) => ({ pem, certificate: new X509Certificate(pem) }));
    return first === undefined ? { problem: 'holds no certificate' } : { value: [first, ...others] };
  } catch (error) {
    return { problem: `holds a certificate that cannot be used (${codeOf(error)})` };
  }
}

/** A marker need not begin a line: files that lack their last line break are often joined. */
const BLOCKS =
  /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----.*?-----END (?:X509 |TRUSTED )?CERTIFICATE-----/gs;
/** Also those that lack a dash. */
const MARKERS = /-(?:BEGIN|END) (?:X509 |TRUSTED )?CERTIFICATE-/g;

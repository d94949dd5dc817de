import { type KeyObject, createPublicKey } from 'node:crypto';
import { EncryptionError } from '../encryption-error.js';

/** A JSON Web Key (RFC 7517) as it was read. Only its key type is known. */
export type UnverifiedJwk = Readonly<Record<string, unknown>> & { readonly kty: string };

/**
 * Reads the text of a key file: a JWK, the members of a JWK set, whatever they are, or one public key as PEM (SPKI). A
 * private key is always refused, because it must not be on the machine that encrypts. Throws an EncryptionError.
 */
export function readKeyText(text: string): readonly unknown[] {
  const content = text.replace(/^\uFEFF/, '').trim();
  return content.startsWith('{') ? readJson(content) : [readPem(content)];
}

function readJson(content: string): readonly unknown[] {
  const document = parseJson(content);
  const keys: unknown = document['keys'] ?? (isJwk(document) ? [document] : undefined);
  if (!Array.isArray(keys)) {
    throw new EncryptionError('KEY_MALFORMED', 'The key file is JSON, but neither a JWK nor a JWK set.');
  }
  if (keys.some(isPrivate)) throw privateKey();
  return keys;
}

function parseJson(content: string): Record<string, unknown> {
  try {
    return JSON.parse(content) as Record<string, unknown>;
  } catch {
    throw new EncryptionError('KEY_MALFORMED', 'The JSON of the key file is cut short or damaged.');
  }
}

/** Whether a value is an object that names a key type. */
export function isJwk(value: unknown): value is UnverifiedJwk {
  return typeof value === 'object' && value !== null && 'kty' in value && typeof value.kty === 'string';
}

function isPrivate(member: unknown): boolean {
  if (typeof member !== 'object' || member === null) return false;
  const symmetric = 'kty' in member && member.kty === 'oct';
  return !symmetric && PRIVATE_MEMBERS.some((name) => name in member);
}

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'priv'];

function privateKey(): EncryptionError {
  return new EncryptionError('KEY_PRIVATE', 'The key file holds a private key; it must hold the public one.');
}

function readPem(content: string): UnverifiedJwk {
  const labels = [...content.matchAll(/-----BEGIN ([^-]*)-----/g)].map(([, label]) => label ?? '');
  if (labels.some((label) => label.endsWith('PRIVATE KEY'))) throw privateKey();
  if (labels.length > 1) {
    throw new EncryptionError('KEY_MALFORMED', 'The key file holds more than one PEM block.');
  }
  if (labels[0] !== 'PUBLIC KEY') {
    throw new EncryptionError(
      'KEY_FORMAT_UNSUPPORTED',
      'The key file is neither a JWK, a JWK set nor a PEM block with the label PUBLIC KEY.',
    );
  }
  return jwkOf(parsePem(content));
}

function parsePem(content: string): KeyObject {
  try {
    return createPublicKey(content);
  } catch {
    throw new EncryptionError('KEY_MALFORMED', 'The PEM block of the key file is cut short or damaged.');
  }
}

function jwkOf(key: KeyObject): UnverifiedJwk {
  try {
    return key.export({ format: 'jwk' }) as UnverifiedJwk;
  } catch {
    throw key.asymmetricKeyType === 'ec'
      ? new EncryptionError('KEY_CURVE_UNSUPPORTED', 'The key is on a curve that JWE does not know.')
      : new EncryptionError('KEY_TYPE_UNSUPPORTED', 'The key is of a type that JWE does not know.');
  }
}

import type { BrokerCode } from '../broker-codes.js';
import { BrokerError } from '../broker-error.js';

/** Translates an error of Node.js about a socket or its TLS. `otherwise` is for an error that has no code of ours. */
export function networkError(error: unknown, otherwise: BrokerCode): BrokerError {
  const code = codeOf(error);
  const known = CODES[code] ?? (TLS_CODE.test(code) ? tlsFault(error) : otherwise);
  return new BrokerError(known, { ...(ERROR_CODE.test(code) && { detail: code }), cause: error });
}

function codeOf(error: unknown): string {
  const isObject = typeof error === 'object' && error !== null;
  return isObject && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

const TLS_CODE = /^EPROTO$|^ERR_SSL_/;

/** The words of OpenSSL for an answer that is not TLS. Their code differs between a socket and a WebSocket. */
function tlsFault(error: unknown): BrokerCode {
  if (CLIENT_ALERT.test(codeOf(error))) return 'BROKER_TLS_CLIENT_REFUSED';
  return /wrong version number|packet length too long/.test(String(error))
    ? 'BROKER_NOT_TLS'
    : 'BROKER_TLS_FAILED';
}

/** The broker's alerts about our certificate or its absence. The start of the names differs between versions of OpenSSL. */
const CLIENT_ALERT =
  /_ALERT_(?:CERTIFICATE_\w+|BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|UNKNOWN_CA|ACCESS_DENIED)$/;

const ERROR_CODE = /^[A-Z][A-Z\d_]+$/;

const CODES: Readonly<Record<string, BrokerCode>> = {
  ECONNREFUSED: 'BROKER_REFUSED_CONNECTION',
  ENOTFOUND: 'BROKER_UNKNOWN_HOST',
  EAI_AGAIN: 'BROKER_UNKNOWN_HOST',
  EHOSTUNREACH: 'BROKER_UNREACHABLE',
  ENETUNREACH: 'BROKER_UNREACHABLE',
  ETIMEDOUT: 'BROKER_UNREACHABLE',
  CERT_HAS_EXPIRED: 'BROKER_TLS_EXPIRED',
  CERT_NOT_YET_VALID: 'BROKER_TLS_NOT_YET_VALID',
  ERR_TLS_CERT_ALTNAME_INVALID: 'BROKER_TLS_WRONG_HOST',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'BROKER_TLS_UNKNOWN_CA',
  SELF_SIGNED_CERT_IN_CHAIN: 'BROKER_TLS_UNKNOWN_CA',
  UNABLE_TO_GET_ISSUER_CERT: 'BROKER_TLS_UNKNOWN_CA',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'BROKER_TLS_UNKNOWN_CA',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'BROKER_TLS_UNKNOWN_CA',
};

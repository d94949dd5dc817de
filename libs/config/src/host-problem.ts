import { isIPv6 } from 'node:net';

/**
 * Why a text can be neither a host name nor an address, to be read after what holds it: `has no host`; undefined where
 * it can. An IPv6 address comes without brackets. Underscores and letters of other scripts are accepted, because
 * resolvers know such names. The text is never quoted.
 */
export function hostProblem(host: string): string | undefined {
  if (host === '') return 'has no host';
  if (host.includes(':')) return isIPv6(host) ? undefined : 'has a host that is not an IPv6 address';
  if (!HOST_CHARACTERS.test(host)) return 'has a host with a character that a host name may not have';
  return labelsProblem(host.replace(/\.$/, '').split('.'));
}

const HOST_CHARACTERS = /^[\p{L}\p{M}\p{N}._-]+$/u;

function labelsProblem(labels: readonly string[]): string | undefined {
  if (labels.includes('')) return 'has a host with an empty part between its dots';
  if (labels.some(({ length }) => length > LONGEST_LABEL)) return 'has a host with a part that is too long';
  if (labels.join('.').length > LONGEST_NAME) return 'has a host that is too long';
  if (labels.length === 4 && labels.every(isNumber) && labels.some((label) => Number(label) > 255)) {
    return 'has a host that is not an IPv4 address';
  }
  return undefined;
}

/** RFC 1035, section 2.3.4. */
const LONGEST_LABEL = 63;
const LONGEST_NAME = 253;

function isNumber(label: string): boolean {
  return /^\d+$/.test(label);
}

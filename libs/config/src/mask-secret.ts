import type { PropertyOptions } from './property.js';

/** A property's text as it may be shown. */
export function maskSecret(text: string, secret: PropertyOptions['secret']): string {
  if (secret === 'url-password') return text.split(BETWEEN_URLS).map(maskUrl).join(',');
  return secret === true ? MASK : text;
}

const MASK = '****';

/** A comma may stand in a password, so only one that a scheme follows ends a URL. */
const BETWEEN_URLS = /,(?=\s*[a-z][a-z\d+.-]*:\/\/)/i;

/** The text without the passwords of its URLs. It may be checked, but not shown: it keeps what only looks like a password. */
export function withoutPasswords(text: string): string {
  return text
    .split(BETWEEN_URLS)
    .map((url) => url.replace(PASSWORD, '$1@'))
    .join(',');
}

/** Up to the last `@`, for a password may hold one. */
const PASSWORD = /(:\/\/[^:/@]*):.*@/s;

/**
 * Masks the password and each parameter that looks like one. All of a URL is masked where it cannot be parsed for
 * certain, as when a password holds an unescaped `/`.
 */
function maskUrl(text: string): string {
  if (!text.includes('://') || !URL.canParse(text)) return MASK;
  const url = new URL(text);
  if (`${url.pathname}${url.search}${url.hash}`.includes('@')) return MASK;
  const secretParameters = [...url.searchParams.keys()].filter((name) => SECRET_PARAMETER.test(name));
  if (url.password === '' && secretParameters.length === 0) return text;
  if (url.password !== '') url.password = MASK;
  for (const name of secretParameters) url.searchParams.set(name, MASK);
  return url.href;
}

const SECRET_PARAMETER = /pass|secret|token/i;

import type { SessionOptions } from '../stomp/open-session.js';

/** What a broker is logged in to with; both are absent where it asks for none. */
export type Credentials = Pick<SessionOptions, 'username' | 'password'>;

export function hasBackslash(credentials: Credentials): boolean {
  return valuesOf(credentials).some(([, value]) => value.includes('\\'));
}

/**
 * The form that ActiveMQ Classic wants. STOMP 1.2 leaves CONNECT unescaped, but Classic takes `\n`, `\c` and `\\` in it as
 * escapes. Artemis follows STOMP. Only after the login is it known which of the two the broker is.
 */
export function doubleBackslashes({ username, password }: Credentials): Credentials {
  return { username: username?.replaceAll('\\', '\\\\'), password: password?.replaceAll('\\', '\\\\') };
}

/**
 * Why a login with white space around it may be refused, without its value. Classic drops the white space at both ends,
 * Artemis drops it at the start.
 */
export function outerSpaceHint(credentials: Credentials): string | undefined {
  const [key] = valuesOf(credentials).find(([, value]) => value !== value.trim()) ?? [];
  return key && `The value of ${key} begins or ends with white space, which ActiveMQ drops.`;
}

function valuesOf({ username = '', password = '' }: Credentials): readonly (readonly [string, string])[] {
  return [
    ['comms.broker.username', username],
    ['comms.broker.password', password],
  ];
}

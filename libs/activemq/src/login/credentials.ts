import type { SessionOptions } from '../stomp/open-session.js';

export type Credentials = Pick<SessionOptions, 'username' | 'password'>;

export function hasBackslash(credentials: Credentials): boolean {
  return valuesOf(credentials).some(([, value]) => value.includes('\\'));
}

/**
 * As ActiveMQ Classic wants them: STOMP 1.2 leaves CONNECT unescaped, but Classic takes `\n`, `\c` and `\\` in it for
 * escapes. Artemis keeps to STOMP. Which of the two answers is not known before it has let us in.
 */
export function doubleBackslashes({ username, password }: Credentials): Credentials {
  return { username: username?.replaceAll('\\', '\\\\'), password: password?.replaceAll('\\', '\\\\') };
}

/** Why a login with spaces around it may be refused, without its value; Classic drops both, Artemis those in front. */
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

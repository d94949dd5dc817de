import { BrokerError } from '../broker-error.js';
import type { BrokerConfig } from '../broker.config.js';
import type { BrokerUrl } from '../broker-url.js';
import type { BrokerEventListener } from '../link/broker-event.js';
import { openSession } from '../stomp/open-session.js';
import type { StompSession } from '../stomp/stomp-session.js';
import { type Credentials, doubleBackslashes, hasBackslash, outerSpaceHint } from './credentials.js';
import { TlsFiles } from './tls-files.js';

/**
 * Opens sessions. Each login uses what the files of the configuration hold at that moment. A login with a backslash that
 * is refused is tried once more in its other form, never more often, because brokers lock accounts. Rejects with a
 * BrokerError, or with the reason of the signal.
 */
export function brokerLogin(
  broker: Pick<BrokerConfig, 'readAgain'>,
  emit: BrokerEventListener,
): (url: BrokerUrl, signal: AbortSignal) => Promise<StompSession> {
  const files = new TlsFiles(emit);
  /** The URLs of brokers that accepted a login with doubled backslashes. */
  const doubling = new Set<string>();
  return async (url, signal) => {
    const config = broker.readAgain();
    const { username, password, heartBeat, connectTimeout } = config;
    const tls = url.tls ? files.read(config, url.name) : {};
    const addressTimeout = Math.floor(connectTimeout / ADDRESSES);
    const open = (credentials: Credentials) =>
      openSession(url, { ...credentials, heartBeat, tls, addressTimeout, signal });
    return logIn({ username, password }, { url: url.name, doubling, open });
  };
}

/** How many addresses of one name are tried within the time for one broker; the last one gets all that is left of it. */
const ADDRESSES = 3;

interface LoginTarget {
  readonly url: string;
  readonly doubling: Set<string>;
  readonly open: (credentials: Credentials) => Promise<StompSession>;
}

async function logIn(credentials: Credentials, { url, doubling, open }: LoginTarget): Promise<StompSession> {
  const form = (doubled: boolean) => (doubled ? doubleBackslashes(credentials) : credentials);
  const known = doubling.has(url);
  try {
    return await open(form(known));
  } catch (error) {
    if (!isLoginRefusal(error)) throw error;
    if (!hasBackslash(credentials)) throw explained(error, credentials);
  }
  try {
    const session = await open(form(!known));
    if (known) doubling.delete(url);
    else doubling.add(url);
    return session;
  } catch (error) {
    throw isLoginRefusal(error) ? explained(error, credentials) : error;
  }
}

function isLoginRefusal(error: unknown): error is BrokerError {
  return error instanceof BrokerError && error.code === 'BROKER_LOGIN_REFUSED';
}

function explained(error: BrokerError, credentials: Credentials): BrokerError {
  const hint = outerSpaceHint(credentials);
  return hint === undefined
    ? error
    : new BrokerError(error.code, { detail: error.detail, hint, cause: error });
}

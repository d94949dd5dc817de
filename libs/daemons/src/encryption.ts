import { type Configuration, type Fault, Property } from '@comms/config';
import type { Log } from '@comms/daemon-runtime';
import { EncryptionError, type KeyFileEvent, ReloadingEncrypter } from '@comms/json-encryption';

/** Whether, and with which key, a delivery daemon encrypts its messages. */
export class EncryptionConfig {
  @Property('.extract.encryption.enabled', {
    type: 'boolean',
    default: false,
    description:
      'Encrypts each message as a compact JWE. Without a usable key the daemon refuses to start; it never falls back to plain JSON.',
  })
  readonly enabled!: boolean;

  @Property('.extract.encryption.key-file', {
    type: 'string',
    description:
      'File that holds the key. It is read again when it changes; a bad new key is reported, and the last good one stays in use.',
    allowed: 'a file with a JWK, a JWK set or a PEM public key',
  })
  readonly keyFile?: string;

  @Property('.extract.encryption.key-id', {
    type: 'string',
    description: 'Key id (`kid`) of the key to encrypt with. Without it, the newest key of the set.',
    allowed: 'a kid of the key file',
  })
  readonly keyId?: string;
}

/**
 * The encrypter of a daemon, if its configuration asks for one; it follows its key file until it is stopped. Rejects
 * with an `EncryptionError` when encryption is asked for and the key file holds no usable key.
 */
export async function openEncrypter(
  { enabled, keyFile, keyId }: EncryptionConfig,
  log: Log,
): Promise<ReloadingEncrypter | undefined> {
  if (!enabled) return undefined;
  const onEvent = (event: KeyFileEvent) => {
    logKeyFile(log, event);
  };
  const encrypter = await ReloadingEncrypter.open({ file: keyFile ?? '', keyId, onEvent });
  log.info('encryption key loaded', { kid: encrypter.kid, algorithm: encrypter.algorithm });
  return encrypter;
}

function logKeyFile(log: Log, event: KeyFileEvent): void {
  if (event.kind === 'loaded') {
    log.info('encryption key loaded', { kid: event.kid, algorithm: event.algorithm });
  } else {
    log.error('encryption key rejected, the last good one stays in use', {}, event.error);
  }
}

/** The check that no key is configured while encryption is off: that is probably a mistake. */
export function checkEncryptionIsMeant(configuration: Configuration): readonly Fault[] {
  const { enabled, keyFile, keyId } = configuration.get(EncryptionConfig);
  const field = keyFile === undefined ? 'keyId' : 'keyFile';
  if (enabled || (keyFile ?? keyId) === undefined) return [];
  const problem = `is not used: ${configuration.keyOf(EncryptionConfig, 'enabled')} is false, so messages are not encrypted`;
  return [{ key: configuration.keyOf(EncryptionConfig, field), problem, severity: 'warning' }];
}

/** The check that a daemon has a usable key where encryption is enabled. */
export async function checkEncryptionKey(configuration: Configuration): Promise<readonly Fault[]> {
  const { enabled, keyFile, keyId } = configuration.get(EncryptionConfig);
  if (!enabled) return [];
  const key = configuration.keyOf(EncryptionConfig, 'keyFile');
  if (keyFile === undefined) return [{ key, problem: 'is required where encryption is enabled' }];
  try {
    const encrypter = await ReloadingEncrypter.open({ file: keyFile, keyId, onEvent: () => undefined });
    await encrypter.stop();
    return formerKidWarning(encrypter, configuration);
  } catch (error) {
    if (!(error instanceof EncryptionError)) throw error;
    return [{ key, problem: `holds no usable key: ${error.message} (${error.code})` }];
  }
}

/** A consumer that chooses its key by the `kid` of the messages may know only the former one. */
function formerKidWarning(
  { kid, formerKid }: ReloadingEncrypter,
  configuration: Configuration,
): readonly Fault[] {
  if (formerKid === undefined) return [];
  const problem =
    `holds a key without kid; its messages have its RFC 7638 thumbprint ${kid}, and had ${formerKid} up to 0.1: ` +
    `set ${configuration.keyOf(EncryptionConfig, 'keyId')} to the one that the consumer knows`;
  return [{ key: configuration.keyOf(EncryptionConfig, 'keyFile'), problem, severity: 'warning' }];
}

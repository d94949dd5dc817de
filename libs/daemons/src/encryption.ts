import { Property } from '@comms/config';
import type { Log } from '@comms/daemon-runtime';
import { type KeyFileEvent, ReloadingEncrypter } from '@comms/json-encryption';

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

import type { Log } from '@comms/daemon-runtime';
import { type KeyFileEvent, ReloadingEncrypter } from '@comms/json-encryption';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { EncryptionConfig } from './encryption.config.js';
import type { Encrypter } from './json-encoder.js';

/** The encrypter of a daemon, if its configuration asks for one; it follows its key file until the daemon ends. */
export class KeyFileEncrypter implements OnApplicationShutdown {
  private constructor(private readonly reloading: ReloadingEncrypter | undefined) {}

  /** Throws an EncryptionError when encryption is asked for and the key file holds no usable key. */
  static async open({ enabled, keyFile, keyId }: EncryptionConfig, log: Log): Promise<KeyFileEncrypter> {
    if (!enabled) return new KeyFileEncrypter(undefined);
    const onEvent = (event: KeyFileEvent) => {
      tell(log, event);
    };
    const reloading = await ReloadingEncrypter.open({ file: keyFile ?? '', keyId, onEvent });
    log.info('encryption key loaded', { kid: reloading.kid, algorithm: reloading.algorithm });
    return new KeyFileEncrypter(reloading);
  }

  get encrypter(): Encrypter | undefined {
    return this.reloading;
  }

  onApplicationShutdown(): void {
    this.reloading?.close();
  }
}

function tell(log: Log, event: KeyFileEvent): void {
  if (event.kind === 'loaded') {
    log.info('encryption key loaded', { kid: event.kid, algorithm: event.algorithm });
  } else {
    log.error('encryption key rejected, the last good one stays in use', {}, event.error);
  }
}

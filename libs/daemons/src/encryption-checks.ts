import type { Configuration, Fault } from '@comms/config';
import { EncryptionError, ReloadingEncrypter } from '@comms/json-encryption';
import { EncryptionConfig } from './encryption.js';

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

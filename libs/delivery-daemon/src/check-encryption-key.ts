import type { Configuration, Fault } from '@comms/config';
import { EncryptionError, ReloadingEncrypter } from '@comms/json-encryption';
import { EncryptionConfig } from './encryption.config.js';

/** The check that nobody has given a key and forgotten to switch encryption on. */
export function checkEncryptionIsMeant(configuration: Configuration): readonly Fault[] {
  const { enabled, keyFile, keyId } = configuration.get(EncryptionConfig);
  const field = keyFile === undefined ? 'keyId' : 'keyFile';
  if (enabled || (keyFile ?? keyId) === undefined) return [];
  const problem = `is not used: ${configuration.keyOf(EncryptionConfig, 'enabled')} is false, so messages are not encrypted`;
  return [{ key: configuration.keyOf(EncryptionConfig, field), problem, severity: 'warning' }];
}

/** The check that a daemon which is to encrypt has a key that it can encrypt with. */
export async function checkEncryptionKey(configuration: Configuration): Promise<readonly Fault[]> {
  const { enabled, keyFile, keyId } = configuration.get(EncryptionConfig);
  if (!enabled) return [];
  const key = configuration.keyOf(EncryptionConfig, 'keyFile');
  if (keyFile === undefined) return [{ key, problem: 'is required where encryption is enabled' }];
  const problem = await keyProblem(keyFile, keyId);
  return problem === undefined ? [] : [{ key, problem: `holds no usable key: ${problem}` }];
}

async function keyProblem(file: string, keyId: string | undefined): Promise<string | undefined> {
  try {
    (await ReloadingEncrypter.open({ file, keyId, onEvent: () => undefined })).close();
    return undefined;
  } catch (error) {
    if (error instanceof EncryptionError) return `${error.message} (${error.code})`;
    throw error;
  }
}

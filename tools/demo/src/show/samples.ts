import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConsumerKey } from '../daemons/consumer-key.js';
import type { QueuedMessage } from '../servers/outbound-broker.js';
import { indentJson } from './indent-json.js';

/** A message as it lies where a consumer takes it. */
export interface PlainSample {
  readonly file: string;
  readonly document: string;
}

/** An encrypted message, and what its consumer reads. */
export interface EncryptedSample {
  readonly headers: QueuedMessage['headers'];
  readonly jwe: string;
  readonly document: string;
}

/** One SMS file, if there is any. */
export async function plainSample(
  directory: string,
  files: readonly string[],
): Promise<PlainSample | undefined> {
  const [name] = files;
  if (name === undefined) return undefined;
  const file = join(directory, name);
  return { file, document: indentJson(await readFile(file, 'utf8')) };
}

/** One encrypted message, if there is any. */
export async function encryptedSample(
  messages: readonly QueuedMessage[],
  key: ConsumerKey,
): Promise<EncryptedSample | undefined> {
  const [message] = messages;
  if (message === undefined) return undefined;
  const { headers, body } = message;
  return { headers, jwe: body, document: indentJson(await key.decrypt(body)) };
}

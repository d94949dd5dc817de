import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { EncryptionError } from './encryption-error.js';
import { type JsonEncrypter, JweEncrypter } from './jwe-encrypter.js';
import type { KeyAlgorithm } from './keys/key-algorithm.js';
import { Keyring } from './keys/keyring.js';

export interface KeyFileOptions {
  /** Path of a JWK, a JWK set or a PEM public key. */
  readonly file: string;
  /** The key to encrypt with; the newest where absent. */
  readonly keyId?: string | undefined;
  /** How long after a reading the file is read again. */
  readonly recheckMs?: number;
  /** Called once per change. It must not throw. */
  readonly onEvent: (event: KeyFileEvent) => void;
}

/**
 * - `loaded`: the file has changed or is whole again, and its key is in use.
 * - `rejected`: the file is gone or holds no usable key; the last good key stays in use.
 */
export type KeyFileEvent =
  | { readonly kind: 'loaded'; readonly kid: string; readonly algorithm: KeyAlgorithm }
  | { readonly kind: 'rejected'; readonly error: EncryptionError };

/**
 * Encrypts with the key of a file, and follows the file. A new key is used from the next reading on. Where the file is at
 * fault, the last good key stays in use until a good one comes. The file is read at intervals and not watched, because a
 * mounted secret is replaced by moving links, which watchers miss.
 */
export class ReloadingEncrypter implements JsonEncrypter {
  private timer: NodeJS.Timeout | undefined;
  private reading: Promise<void> | undefined;
  private closed = false;

  private constructor(
    private readonly options: KeyFileOptions,
    private current: JweEncrypter,
    private lastFinding: string,
  ) {
    this.schedule();
  }

  /** Reads the file and starts to follow it. Throws an EncryptionError where the file holds no usable key. */
  static async open(options: KeyFileOptions): Promise<ReloadingEncrypter> {
    const content = await readKeyFile(options.file);
    if (content instanceof EncryptionError) throw content;
    const encrypter = await load(content.text, options.keyId);
    if (encrypter instanceof EncryptionError) throw encrypter;
    return new ReloadingEncrypter(options, encrypter, content.digest);
  }

  get kid(): string {
    return this.current.kid;
  }

  /** The `kid` that releases up to 0.1 used, where it was another. */
  get formerKid(): string | undefined {
    return this.current.formerKid;
  }

  get algorithm(): KeyAlgorithm {
    return this.current.algorithm;
  }

  encrypt(json: string): string {
    return this.current.encrypt(json);
  }

  /** Reads the file now. Resolves when its key is in use or rejected. */
  refresh(): Promise<void> {
    this.reading ??= this.read().finally(() => {
      this.reading = undefined;
    });
    return this.reading;
  }

  /** Stops following the file; it can still encrypt. */
  stop(): Promise<void> {
    this.closed = true;
    clearTimeout(this.timer);
    return Promise.resolve();
  }

  private schedule(): void {
    if (this.closed) return;
    const again = () =>
      void this.refresh().then(() => {
        this.schedule();
      });
    this.timer = setTimeout(again, this.options.recheckMs ?? RECHECK_MS).unref();
  }

  private async read(): Promise<void> {
    const content = await readKeyFile(this.options.file);
    const finding = content instanceof EncryptionError ? content.message : content.digest;
    if (finding === this.lastFinding) return;
    this.lastFinding = finding;
    const found = content instanceof EncryptionError ? content : await load(content.text, this.options.keyId);
    this.options.onEvent(this.take(found));
  }

  private take(found: JweEncrypter | EncryptionError): KeyFileEvent {
    if (found instanceof EncryptionError) return { kind: 'rejected', error: found };
    this.current = found;
    return { kind: 'loaded', kid: found.kid, algorithm: found.algorithm };
  }
}

const RECHECK_MS = 5_000;

interface KeyFileContent {
  readonly text: string;
  /** Shows whether the content has changed, so that no key text has to be kept. */
  readonly digest: string;
}

async function readKeyFile(file: string): Promise<KeyFileContent | EncryptionError> {
  try {
    const text = await readFile(file, 'utf8');
    return { text, digest: createHash('sha256').update(text).digest('hex') };
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    return new EncryptionError('KEY_FILE_UNREADABLE', `The key file can't be read (${code}).`);
  }
}

async function load(text: string, keyId: string | undefined): Promise<JweEncrypter | EncryptionError> {
  try {
    const keyring = await Keyring.parse(text);
    return new JweEncrypter(await keyring.choose(keyId));
  } catch (error) {
    if (error instanceof EncryptionError) return error;
    throw error;
  }
}

import { Property } from '@comms/config';
import { IsNotEmpty } from 'class-validator';

/** Whether, and with which key, a delivery daemon encrypts its messages. */
export class EncryptionConfig {
  @Property('.extract.encryption.enabled', {
    type: 'boolean',
    default: false,
    description:
      'Encrypts each message as a compact JWE. Without a usable key the daemon refuses to start; it never falls back to plain JSON.',
    allowed: 'true or false',
  })
  readonly enabled!: boolean;

  @Property('.extract.encryption.key-file', {
    type: 'string',
    description:
      'File that holds the key: a JWK, a JWK set or a PEM public key. It is read again when it changes; a bad new key is reported, and the last good one stays in use.',
    allowed: 'a file with a JWK, a JWK set or a PEM public key',
  })
  @IsNotEmpty()
  readonly keyFile?: string;

  @Property('.extract.encryption.key-id', {
    type: 'string',
    description: 'Key id (`kid`) of the key to encrypt with. Without it, the newest key of the set.',
    allowed: 'a kid of the key file',
  })
  @IsNotEmpty()
  readonly keyId?: string;
}

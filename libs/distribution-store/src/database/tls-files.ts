import type { Parsed } from '@comms/config';
import {
  type ClientCertificate,
  LastGood,
  readAuthorities,
  readClientCertificate,
  type TlsFileEvent,
} from '@comms/config/tls';
import type { DatasourceConfig } from '../configuration/datasource.config.js';
import type { TlsFileContent } from '../configuration/tls-options.js';
import type { StoreErrorCode } from '../store-codes.js';
import { StoreError } from '../store-error.js';

/** Called with what happens to the files of TLS. */
export type TlsFileListener = (event: StoreTlsFileEvent) => void;

type StoreTlsFileEvent = TlsFileEvent & {
  /** The property that names the file, or the first of them. */
  readonly key: string;
  readonly code: StoreErrorCode;
};

/** The files of TLS, read again at each connect: those that cannot be used leave the last good content in use. */
export class TlsFiles {
  readonly #authorities = new LastGood<readonly string[]>();
  readonly #certificates = new LastGood<ClientCertificate>();

  constructor(private readonly listener: TlsFileListener = () => undefined) {}

  /** Throws a StoreError where a file has never been usable. */
  read(config: DatasourceConfig): TlsFileContent {
    return { authorities: this.#authoritiesOf(config), certificate: this.#certificateOf(config) };
  }

  #authoritiesOf({ tlsCaFile }: DatasourceConfig): readonly string[] | undefined {
    if (tlsCaFile === undefined) return undefined;
    const found = this.#authorities.take(readAuthorities(tlsCaFile), (event) => {
      this.listener({ key: CA_KEY, code: 'STORE_TLS', ...event });
    });
    if ('value' in found) return found.value;
    throw new StoreError('STORE_TLS', `The file of authorities ${found.problem}.`);
  }

  #certificateOf(config: DatasourceConfig): ClientCertificate | undefined {
    const read = certificateIn(config);
    if (read === undefined) return undefined;
    const found = this.#certificates.take(read, (event) => {
      this.listener({ key: KEYS.certFile, code: 'STORE_TLS_CLIENT_FILES', ...event });
    });
    if ('value' in found) return found.value;
    throw new StoreError('STORE_TLS_CLIENT_FILES', `The client certificate can't be used: ${found.problem}.`);
  }
}

function certificateIn(config: DatasourceConfig): Parsed<ClientCertificate> | undefined {
  const { tlsCertFile: certFile, tlsKeyFile: keyFile, tlsKeyPassphrase: passphrase } = config;
  if (certFile === undefined || keyFile === undefined) return undefined;
  const read = readClientCertificate({ certFile, keyFile, passphrase });
  return 'value' in read ? read : { problem: `${KEYS[read.field]} ${read.problem}` };
}

const CA_KEY = 'comms.datasource.tls.ca-file';

const KEYS = {
  certFile: 'comms.datasource.tls.cert-file',
  keyFile: 'comms.datasource.tls.key-file',
  passphrase: 'comms.datasource.tls.key-passphrase',
} as const;

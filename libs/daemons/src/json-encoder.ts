import { type EncodedPayload, type PayloadEncoder, type RowFault, rowFault } from '@comms/delivery';
import type { Distribution } from '@comms/distribution';
import { type DocumentWriter, isSendable } from '@comms/message-json';

/** Seals a JSON text; what comes out is well-formed ASCII. */
interface Encrypter {
  encrypt(json: string): string;
}

export interface EncoderOptions {
  /** Seals each document; without it they are plain. */
  readonly encrypter?: Encrypter | undefined;
  /** Which environment the messages come from. */
  readonly environment?: string | undefined;
  /** Whether a message is worthless after its time exclusion, so that the broker may throw it away. */
  readonly expireOnQueue?: boolean;
}

/** A distribution as plain JSON, or, given an encrypter, as encrypted JSON and never otherwise. */
export class JsonEncoder implements PayloadEncoder {
  constructor(
    private readonly writeDocument: DocumentWriter,
    private readonly options: EncoderOptions = {},
  ) {}

  encode(distribution: Distribution): EncodedPayload | { readonly fault: RowFault } {
    if (!isSendable(distribution)) return { fault: rowFault('MESSAGE_MISSING') };
    const { encrypter, environment } = this.options;
    const document = this.writeDocument(distribution, new Date());
    const expiresAt = this.expiryOf(distribution);
    return encrypter
      ? { contentType: 'application/jose', body: encrypter.encrypt(document), environment, expiresAt }
      : { contentType: 'application/json', body: document, environment, expiresAt };
  }

  private expiryOf({ timeExclusion }: Distribution): number | undefined {
    return this.options.expireOnQueue && timeExclusion !== null ? Date.parse(timeExclusion) : undefined;
  }
}

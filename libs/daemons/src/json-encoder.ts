import { type EncodedPayload, type PayloadEncoder, type RowFault, rowFault } from '@comms/delivery';
import type { Distribution } from '@comms/distribution';
import { type DocumentWriter, isSendable } from '@comms/message-json';

/** Encrypts a JSON text. The result is ASCII. */
interface Encrypter {
  encrypt(json: string): string;
}

export interface EncoderOptions {
  /** Encrypts each document; without it they are plain. */
  readonly encrypter?: Encrypter | undefined;
  /** Which environment the messages come from. */
  readonly environment?: string | undefined;
  /** Whether the broker may drop a message after its time exclusion. */
  readonly expireOnQueue?: boolean;
}

/** Turns distributions into plain JSON. Given an encrypter, it turns them into encrypted JSON, and never into plain. */
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

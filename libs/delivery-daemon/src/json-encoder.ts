import type { EncodedPayload, PayloadEncoder, RowFault } from '@comms/delivery';
import type { Distribution } from '@comms/distribution';
import { type DocumentWriter, isSendable } from '@comms/message-json';

/** Seals a JSON text; what comes out is well-formed ASCII. */
export interface Encrypter {
  encrypt(json: string): string;
}

/** A distribution as plain JSON, or, given an encrypter, as encrypted JSON and never otherwise. */
export class JsonEncoder implements PayloadEncoder {
  constructor(
    private readonly writeDocument: DocumentWriter,
    private readonly encrypter?: Encrypter,
  ) {}

  encode(distribution: Distribution): EncodedPayload | { readonly fault: RowFault } {
    if (!isSendable(distribution)) return { fault: MESSAGE_MISSING };
    const document = this.writeDocument(distribution, new Date());
    return this.encrypter
      ? { contentType: 'application/jose', body: this.encrypter.encrypt(document) }
      : { contentType: 'application/json', body: document };
  }
}

const MESSAGE_MISSING: RowFault = { code: 'MESSAGE_MISSING', text: 'The row has no message to send.' };

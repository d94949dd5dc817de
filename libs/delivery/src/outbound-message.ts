import type { Distribution } from '@comms/distribution';

/** What an encoder makes of one distribution, ready for a courier. */
export interface OutboundMessage {
  readonly distribution: Distribution;
  /** `application/json` for plain JSON, `application/jose` for a compact JWE of it. */
  readonly contentType: 'application/json' | 'application/jose';
  /** Well-formed text without a NUL character. */
  readonly body: string;
  /** True where an earlier try may have put this message already. */
  readonly possibleDuplicate: boolean;
  /** Which environment it comes from; absent where that is not to be told. */
  readonly environment?: string | undefined;
  /** When the message may be thrown away unread, in epoch milliseconds; absent where never. */
  readonly expiresAt?: number | undefined;
}

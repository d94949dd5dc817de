/** 1 high, 2 medium, 3 low. */
export type Priority = 1 | 2 | 3;

/** One merged comm on its way to one target: what a daemon needs of a row of CommsRequestTargetDistribution. */
export interface Distribution {
  /** 64-bit, in decimal digits. */
  readonly distributionId: string;
  /** 64-bit, in decimal digits. */
  readonly commsRequestId: string;
  /** Which template the comm was merged from; null where upstream did not say. */
  readonly commsCode: string | null;
  readonly deliveryMethod: OutboundMethod;
  readonly priority: Priority;
  /** Handset token, phone number or external reference. Never to be logged. */
  readonly target: string | null;
  /** The sender shown to the customer. */
  readonly alias: string | null;
  /** The merged text; null is a fault of the row. Never to be logged. */
  readonly message: string | null;
  /** Whether the text is longer than the claim allows: it was not loaded, and `message` is null. */
  readonly messageTooLong: boolean;
  /** Tries that failed before this one. */
  readonly retryCount: number;
  /**
   * Until when the comm may be sent, in ISO 8601, UTC, with milliseconds; null where it may be sent at any time, and in
   * mode send-after.
   */
  readonly timeExclusion: string | null;
  /**
   * Which sending of the row this is. The row gets another one only when it was recorded as `S` or `P` and is then set
   * back to `D`. Together with the distribution id it names the message, so that a repeat can be dropped.
   */
  readonly sending: string;
}

/**
 * How a row's time exclusion is read; a time equal to now may be distributed in both modes.
 * - `send-before`: it may be distributed while its time has not passed ("Time Exclusion >= Current Date and Time").
 * - `send-after`: it may be distributed once its time has come.
 */
export const TIME_EXCLUSION_MODES = ['send-before', 'send-after'] as const;

export type TimeExclusionMode = (typeof TIME_EXCLUSION_MODES)[number];

/** The delivery methods that this suite distributes; EMAIL and LETTER exist in the platform and are never touched. */
export const DELIVERY_METHODS = ['PUSH', 'SMS', 'EXTERNAL', 'ONLINE'] as const;

export type DeliveryMethod = (typeof DELIVERY_METHODS)[number];

/** The methods whose rows a daemon puts on a queue or into a file; ONLINE waits for its reader instead. */
export type OutboundMethod = Exclude<DeliveryMethod, 'ONLINE'>;

export const OUTBOUND_METHODS = ['PUSH', 'SMS', 'EXTERNAL'] as const satisfies readonly OutboundMethod[];

/** The delivery methods that this suite distributes; EMAIL and LETTER exist in the platform and are never touched. */
export const DELIVERY_METHODS = ['PUSH', 'SMS', 'EXTERNAL', 'ONLINE'] as const;

export type DeliveryMethod = (typeof DELIVERY_METHODS)[number];

/** The methods whose rows a daemon puts on a queue or into a file; ONLINE waits for its reader instead. */
export type OutboundMethod = Exclude<DeliveryMethod, 'ONLINE'>;

export const OUTBOUND_METHODS = ['PUSH', 'SMS', 'EXTERNAL'] as const satisfies readonly OutboundMethod[];

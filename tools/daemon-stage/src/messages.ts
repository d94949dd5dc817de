import { randomUUID } from 'node:crypto';
import type { QueueMessage } from '@comms/test-servers';
import type { DistributionRow } from './rows.js';

/** A message as its consumer understands it, without the time at which it was made. */
export interface MessageContent {
  readonly kind: string;
  readonly persistent: boolean;
  readonly priority: number;
  readonly contentType: string | undefined;
  readonly type: string | undefined;
  readonly correlationId: string | undefined;
  /** Those that the product sets; brokers add others. */
  readonly properties: Readonly<Record<string, string>>;
  /** The JSON document, without its extractDateTime. */
  readonly document: Readonly<Record<string, unknown>>;
}

interface ReadMessage {
  readonly content: MessageContent;
  readonly extractDateTime: string;
}

/** Takes a message apart. `open` returns the JSON of an encrypted one. */
export async function readMessage(
  { body, properties, ...rest }: QueueMessage,
  open: (body: string) => string | Promise<string> = String,
): Promise<ReadMessage> {
  const { document, extractDateTime } = readDocument(await open(body));
  const own = Object.entries(properties).filter(([name]) => /^comms|^deliveryMethod$/.test(name));
  return { content: { ...rest, properties: Object.fromEntries(own), document }, extractDateTime };
}

/** Takes the JSON of a message or file apart. */
export function readDocument(json: string): Pick<MessageContent, 'document'> & { extractDateTime: string } {
  const { extractDateTime, ...document } = JSON.parse(json) as Record<string, unknown>;
  return { document, extractDateTime: String(extractDateTime) };
}

/** The messages in the order of their distribution ids, where each is expected once. */
export function inOrder(messages: readonly ReadMessage[]): MessageContent[] {
  const idOf = ({ properties }: MessageContent) => BigInt(properties['commsDistributionId'] ?? 0);
  return messages.map(({ content }) => content).sort((a, b) => Number(idOf(a) - idOf(b)));
}

/** The message that must come of a row. */
export function expectedMessage(row: DistributionRow, contentType = 'application/json'): MessageContent {
  return {
    kind: 'text',
    persistent: true,
    priority: { 1: 7, 2: 4, 3: 1 }[row.priority] ?? NaN,
    contentType,
    type: row.delivery_method,
    correlationId: row.comms_request_target_distribution_id,
    properties: withoutNulls({
      commsDistributionId: row.comms_request_target_distribution_id,
      commsRequestId: row.comms_request_id,
      deliveryMethod: row.delivery_method,
      commsSending: '0',
      commsTimeExclusion: timeExclusionOf(row),
      commsCode: row.comms_code,
    }),
    document: expectedDocument(row),
  };
}

/** The JSON document that must come of a row. */
export function expectedDocument(row: DistributionRow): MessageContent['document'] {
  return withoutNulls({
    interfaceCategory: 'COMMS',
    interfaceType: row.delivery_method,
    version: 1,
    commsDistributionId: row.comms_request_target_distribution_id,
    commsRequestId: row.comms_request_id,
    commsCode: row.comms_code,
    priority: row.priority,
    target: row.target,
    alias: row.alias_value,
    message: row.message,
    timeExclusion: timeExclusionOf(row),
    sending: '0',
  });
}

/** In mode send-before. */
function timeExclusionOf({ time_exclusion: time }: DistributionRow): string | null {
  return time instanceof Date ? time.toISOString() : null;
}

function withoutNulls<T>(fields: Readonly<Record<string, T | null>>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, T] => entry[1] !== null),
  );
}

/** A new name for a queue, which no other test uses. */
export function queueName(purpose: string): string {
  return `end-to-end.${purpose}.${randomUUID()}`;
}

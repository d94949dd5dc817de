import type { Distribution, OutboundMethod, Priority } from '@comms/distribution';
import { compileDateFormat, DEFAULT_DATE_FORMAT, DEFAULT_TIME_ZONE } from './date-format.js';

/** A distribution that has a text to send. */
export type SendableDistribution = Distribution & { readonly message: string };

/** Whether there is a text to send. A row whose message is NULL or empty has none, and is at fault. */
export function isSendable(distribution: Distribution): distribution is SendableDistribution {
  return distribution.message !== null && distribution.message !== '';
}

/**
 * Writes the JSON document of a distribution, as docs/message.schema.json describes it. `extractedAt` becomes its
 * extractDateTime. The text is well-formed whatever the row holds: a NUL or half a surrogate pair is escaped.
 */
export type DocumentWriter = (distribution: SendableDistribution, extractedAt: Date) => string;

export interface DocumentOptions {
  /** Pattern of extractDateTime; ISO 8601 with offset where absent. */
  readonly dateFormat?: string | undefined;
  /** IANA time zone of extractDateTime; UTC where absent. */
  readonly timeZone?: string | undefined;
  /** The environment that the document comes from; left out where absent. */
  readonly environment?: string | undefined;
}

/** Makes the one writer that a daemon keeps. Throws a RangeError for a date format or time zone that has a fault. */
export function createDocumentWriter(options: DocumentOptions = {}): DocumentWriter {
  const { dateFormat = DEFAULT_DATE_FORMAT, timeZone = DEFAULT_TIME_ZONE, environment } = options;
  const extractDateTime = compileDateFormat(dateFormat, timeZone);
  const tail = environment === undefined ? '"}' : `","environment":${JSON.stringify(environment)}}`;
  return (distribution, extractedAt) => {
    const pieces = [HEADS[distribution.deliveryMethod]];
    addText(pieces, extractDateTime(extractedAt));
    pieces.push(',"commsDistributionId":"', distribution.distributionId);
    pieces.push('","commsRequestId":"', distribution.commsRequestId, '"');
    addMember(pieces, ',"commsCode":', distribution.commsCode);
    pieces.push(PRIORITIES[distribution.priority]);
    addMember(pieces, ',"target":', distribution.target);
    addMember(pieces, ',"alias":', distribution.alias);
    addMember(pieces, ',"message":', distribution.message);
    addMember(pieces, ',"timeExclusion":', distribution.timeExclusion);
    pieces.push(',"sending":"', distribution.sending, tail);
    return pieces.join('');
  };
}

/** A value that is absent in the row is left out of the document. */
function addMember(pieces: string[], start: string, value: string | null): void {
  if (value === null) return;
  pieces.push(start);
  addText(pieces, value);
}

/** Most texts need no escape, and JSON.stringify would copy them all the same. */
function addText(pieces: string[], text: string): void {
  if (TO_BE_ESCAPED.test(text)) pieces.push(JSON.stringify(text));
  else pieces.push('"', text, '"');
}

/** The characters that `JSON.stringify` escapes, and all surrogates: it escapes those without their other half. */
const TO_BE_ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

const HEADS: Record<OutboundMethod, string> = {
  PUSH: head('PUSH'),
  SMS: head('SMS'),
  EXTERNAL: head('EXTERNAL'),
};

const PRIORITIES: Record<Priority, string> = { 1: ',"priority":1', 2: ',"priority":2', 3: ',"priority":3' };

/**
 * Written by hand, here and above, because JSON.stringify of an object cannot write `1.0` and is not as fast. The pieces are
 * joined and not added with `+`. A string made with `+` keeps its parts in memory until it is read, and a batch waits before that.
 */
function head(interfaceType: OutboundMethod): string {
  return `{"interfaceCategory":"COMMS","interfaceType":"${interfaceType}","version":1.0,"extractDateTime":`;
}

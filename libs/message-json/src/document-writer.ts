import type { OutboundMethod } from '@comms/distribution';
import { DEFAULT_DATE_FORMAT, compileDateFormat } from './date-format.js';
import type { SendableDistribution } from './sendable-distribution.js';
import { DEFAULT_TIME_ZONE } from './time-zone.js';

/**
 * Writes the JSON document of a distribution, as docs/message.schema.json describes it. `extractedAt` becomes its
 * extractDateTime. The text is well-formed whatever the row holds: a NUL or half a surrogate pair comes out escaped.
 */
export type DocumentWriter = (distribution: SendableDistribution, extractedAt: Date) => string;

export interface DocumentOptions {
  /** Pattern of extractDateTime; ISO 8601 with offset where absent. */
  readonly dateFormat?: string | undefined;
  /** IANA time zone of extractDateTime; UTC where absent. */
  readonly timeZone?: string | undefined;
  /** Which environment the document comes from; left out where absent. */
  readonly environment?: string | undefined;
}

/** Makes the one writer that a daemon keeps. Throws a RangeError for a date format or time zone that has a fault. */
export function createDocumentWriter(options: DocumentOptions = {}): DocumentWriter {
  const { dateFormat = DEFAULT_DATE_FORMAT, timeZone = DEFAULT_TIME_ZONE } = options;
  const extractDateTime = compileDateFormat(dateFormat, timeZone);
  const tail = `${member('environment', options.environment ?? null)}}`;
  return (distribution, extractedAt) =>
    [
      HEADS[distribution.deliveryMethod],
      quoted(extractDateTime(extractedAt)),
      member('commsDistributionId', distribution.distributionId),
      member('commsRequestId', distribution.commsRequestId),
      member('commsCode', distribution.commsCode),
      member('priority', distribution.priority),
      member('target', distribution.target),
      member('alias', distribution.alias),
      member('message', distribution.message),
      member('timeExclusion', distribution.timeExclusion),
      member('sending', distribution.sending),
      tail,
    ].join('');
}

/** What is absent in the row is left out of the document. */
function member(name: string, value: string | number | null): string {
  if (value === null) return '';
  return `,"${name}":${typeof value === 'string' ? quoted(value) : value}`;
}

/** Most texts need no escape; JSON.stringify would still build them in pieces, of which each is rubbish afterwards. */
function quoted(text: string): string {
  return TO_BE_ESCAPED.test(text) ? JSON.stringify(text) : `"${text}"`;
}

/** What `JSON.stringify` escapes, and all surrogates, of which it escapes those without the other half. */
const TO_BE_ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

const HEADS: Record<OutboundMethod, string> = {
  PUSH: head('PUSH'),
  SMS: head('SMS'),
  EXTERNAL: head('EXTERNAL'),
};

/**
 * Put together by hand, here and above: one pass over an object could neither write `1.0` nor be as quick. Joined rather
 * than added up: a sum would keep all its parts until someone reads it, and a batch waits for its turn before that.
 */
function head(interfaceType: OutboundMethod): string {
  return `{"interfaceCategory":"COMMS","interfaceType":"${interfaceType}","version":1.0,"extractDateTime":`;
}

export { DEFAULT_DATE_FORMAT, dateFormatFault } from './date-format.js';
export { DEFAULT_TIME_ZONE, timeZoneFault } from './time-zone.js';
export { type SendableDistribution, isSendable } from './sendable-distribution.js';
export { type DocumentOptions, type DocumentWriter, createDocumentWriter } from './document-writer.js';

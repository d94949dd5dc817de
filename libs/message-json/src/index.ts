export { DEFAULT_DATE_FORMAT, DEFAULT_TIME_ZONE, dateFormatFault, timeZoneFault } from './date-format.js';
export {
  createDocumentWriter,
  type DocumentOptions,
  type DocumentWriter,
  isSendable,
  type SendableDistribution,
} from './document-writer.js';

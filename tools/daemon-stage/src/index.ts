export { type App, APPS, programOf } from './app.js';
export { builtRelease } from './built-release.js';
export { Daemon, type HealthDocument, type HealthPart, type User } from './daemon.js';
export { brokerProperties, type Properties, propertiesText } from './properties.js';
export {
  expectedDocument,
  expectedMessage,
  inOrder,
  type MessageContent,
  queueName,
  readDocument,
  readMessage,
} from './messages.js';
export { newRecipient, PEM, type Recipient } from './recipient.js';
export {
  type Columns,
  countOf,
  type DistributionRow,
  distributionRow,
  distributionRows,
  insertRows,
  rowDump,
} from './rows.js';
export { type DeliveryMethod, longText, sampleComm, sampleRows, sampleTargets } from './sample-comm.js';
export { Stage } from './stage.js';
export { emptyDatabase, migrate, migratedDatabase, type SuiteDatabase } from './suite-database.js';
export { deliveredTrace, traceOf, tracesOf } from './trace-of.js';

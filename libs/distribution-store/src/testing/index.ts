export { aDatasourceConfig } from './a-datasource-config.js';
export { emptyTables } from './empty-tables.js';
export { type MigratedDatabase, migratedDatabase } from './migrated-database.js';
export { type Layout, type MigratedSuite, migratedSuite } from './migrated-suite.js';
export { partByMonths } from './part-by-months.js';
export { distributionRow, insertDistribution, insertTarget, type Queryable, targetRow } from './rows.js';
export { untilBlocked } from './until-blocked.js';

import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import type { Pool } from 'pg';
import type { DatasourceConfig } from '../configuration/datasource.config.js';
import { Database } from '../database/database.js';
import type { CommsRequestTargetDistribution } from '../entities/comms-request-target-distribution.entity.js';
import { aDatasourceConfig } from './a-datasource-config.js';
import { emptyTables } from './empty-tables.js';
import { type MigratedDatabase, migratedDatabase } from './migrated-database.js';
import { partByMonths } from './part-by-months.js';
import { distributionRow, insertDistribution } from './rows.js';

/** What the tests of one file share: a database with the current schema, its tables empty at the start of each test. */
export interface MigratedSuite {
  readonly url: string;
  /** The administrator's sessions. */
  readonly client: Pool;
  /** As the app under test uses it; each test has its own. */
  readonly database: Database;
  /** Another one, only for this test, with its own configuration. */
  readonly open: (overrides?: Partial<DatasourceConfig>) => Database;
  /** As {@link insertDistribution} and {@link distributionRow}. */
  readonly insert: (fields?: Parameters<typeof insertDistribution>[1]) => Promise<string>;
  readonly row: (id: string) => Promise<CommsRequestTargetDistribution>;
}

/** Whether the distribution table is one table or partitioned by months; both must do. */
export type Layout = 'one table' | 'months';

/**
 * To be called once, at the top of a file or of a `describe`. `app` is the name under which the sessions show themselves.
 */
export function migratedSuite(app: string, layout: Layout = 'one table'): MigratedSuite {
  let migrated: MigratedDatabase;
  let database: Database;
  const opened: Database[] = [];
  const open: MigratedSuite['open'] = (overrides) => {
    const another = new Database(aDatasourceConfig({ url: migrated.url, ...overrides }), app);
    opened.push(another);
    return another;
  };
  beforeAll(async () => {
    migrated = await migratedDatabase();
    if (layout === 'months') await partByMonths(migrated.client);
  });
  beforeEach(async () => {
    await emptyTables(migrated.client);
    database = open();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((each) => each.stop()));
  });
  afterAll(() => migrated.drop());
  return {
    get url() {
      return migrated.url;
    },
    get client() {
      return migrated.client;
    },
    get database() {
      return database;
    },
    open,
    insert: (fields) => insertDistribution(migrated.client, fields),
    row: (id) => distributionRow(migrated.client, id),
  };
}

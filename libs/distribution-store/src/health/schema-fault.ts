import { escapeLiteral } from 'pg';
import type { EntityMetadata } from 'typeorm';
import type { Database } from '../database/database.js';
import type { STORE_SCHEMA_CODES } from '../store-codes.js';
import type { TableRequirement } from './schema-requirements.js';

/** Why the schema does not fit. */
export interface SchemaFault {
  readonly code: keyof typeof STORE_SCHEMA_CODES | 'STORE_RIGHT_MISSING';
  /** A sentence that names the table and the column. */
  readonly text: string;
}

/**
 * The first difference between the entities and the tables, or the views in place of tables, or the first right that
 * the database user lacks. Further columns are no fault. Throws a `StoreError` where the database cannot be asked.
 */
export async function findSchemaFault(
  database: Database,
  schema: string,
  requirements: readonly TableRequirement[],
): Promise<SchemaFault | undefined> {
  const dataSource = await database.dataSource();
  const { rows } = await database.run<FoundColumn>(columnsOf(schema));
  for (const requirement of requirements) {
    const metadata = dataSource.getMetadata(requirement.entity);
    const columns = rows.filter(({ table }) => table === metadata.tableName);
    const fault = tableFault(metadata, columns, requirement);
    if (fault) return fault;
  }
  return undefined;
}

/** A column in the database. */
interface FoundColumn {
  readonly table: string;
  readonly column: string;
  readonly type: string;
  /** Characters at most; null without a limit. */
  readonly length: number | null;
  readonly read: boolean;
  readonly update: boolean;
  readonly insert: boolean;
  readonly delete: boolean;
}

const columnsOf = (schema: string) => `
  SELECT relname AS table, attname AS column, format_type(atttypid, NULL) AS type,
    CASE WHEN atttypmod > 4 THEN atttypmod - 4 END AS length,
    usable AND has_column_privilege(c.oid, attnum, 'SELECT') AS read,
    usable AND changeable AND has_column_privilege(c.oid, attnum, 'UPDATE') AS update,
    usable AND changeable AND has_column_privilege(c.oid, attnum, 'INSERT') AS insert,
    usable AND has_table_privilege(c.oid, 'DELETE') AS delete
  FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = relnamespace
    JOIN pg_attribute ON attrelid = c.oid AND attnum > 0 AND NOT attisdropped,
    LATERAL (SELECT has_schema_privilege(n.oid, 'USAGE') AS usable,
      pg_column_is_updatable(c.oid, attnum, true) AS changeable) AS possible
  WHERE nspname = ${escapeLiteral(schema)}
    AND relname IN ('comms_request_target', 'comms_request_target_distribution', 'comms_put_announcement',
      'comms_set_aside')`;

function tableFault(
  { tablePath, columns }: EntityMetadata,
  found: readonly FoundColumn[],
  requirement: TableRequirement,
): SchemaFault | undefined {
  if (found.length === 0) {
    return { code: 'STORE_TABLE_MISSING', text: `The table ${tablePath} is missing; ${REMEDY}` };
  }
  for (const column of columns) {
    const uses = USES.filter((use) => requirement[use]?.includes(column.databaseName));
    const place = `column ${column.databaseName} of ${tablePath}`;
    const fault = uses.length > 0 && columnFault(place, column, { uses, found });
    if (fault) return fault;
  }
  return undefined;
}

const REMEDY = 'npm run db:migrate brings the database to the current schema.';
const USES = ['read', 'update', 'insert', 'delete'] as const;

interface Comparison {
  readonly uses: readonly (typeof USES)[number][];
  readonly found: readonly FoundColumn[];
}

function columnFault(
  place: string,
  { databaseName, type, length, isArray }: EntityMetadata['columns'][number],
  { uses, found }: Comparison,
): SchemaFault | undefined {
  const column = found.find((each) => each.column === databaseName);
  if (!column) return { code: 'STORE_COLUMN_MISSING', text: `The ${place} is missing; ${REMEDY}` };
  const types = FITTING_TYPES[isArray ? `${String(type)}[]` : String(type)] ?? [];
  if (!types.includes(column.type)) {
    return {
      code: 'STORE_COLUMN_TYPE',
      text: `The ${place} is ${column.type}, and should be ${types[0] ?? ''}.`,
    };
  }
  if (uses.includes('update') && column.length !== null && column.length < Number(length)) {
    const text = `The ${place} holds ${column.length} characters, and should hold ${length}.`;
    return { code: 'STORE_COLUMN_TYPE', text };
  }
  const refused = uses.find((use) => !column[use]);
  return (
    refused && {
      code: 'STORE_RIGHT_MISSING',
      text: `The database user cannot ${VERBS[refused]} the ${place}.`,
    }
  );
}

const VERBS = { read: 'read', update: 'update', insert: 'insert into', delete: 'delete rows by' } as const;

/** The type of the column first, then the other types that are accepted. */
const FITTING_TYPES: Readonly<Record<string, readonly string[]>> = {
  bigint: ['bigint'],
  'bigint[]': ['bigint[]'],
  smallint: ['smallint', 'integer'],
  timestamptz: ['timestamp with time zone'],
  varchar: ['character varying', 'text'],
  char: ['character', 'character varying', 'text'],
  text: ['text', 'character varying'],
  boolean: ['boolean'],
};

import { CommsRequestTarget } from '../entities/comms-request-target.entity.js';
import { CommsRequestTargetDistribution } from '../entities/comms-request-target-distribution.entity.js';

/** A session of the `pg` driver, or a pool of them. */
export interface Queryable {
  query(sql: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }>;
}

/** Fields by the entity's names; a time may also be text such as `infinity`. */
type Fields<T> = { [K in keyof T]?: T[K] | (Date extends T[K] ? string : never) };

/** Inserts a merged SMS target and returns its id; name only what the test is about. */
export function insertTarget(client: Queryable, fields: Fields<CommsRequestTarget> = {}): Promise<string> {
  return insert(client, 'comms_request_target', {
    commsRequestId: '1001',
    commsCode: 'BILL_READY',
    deliveryMethod: 'SMS',
    target: '+15550100',
    aliasValue: 'Operator',
    message: 'Your bill is ready.',
    mergeDateTime: new Date(),
    ...fields,
  });
}

/** Inserts an SMS row at `D` and returns its id; name only what the test is about. */
export function insertDistribution(
  client: Queryable,
  fields: Fields<CommsRequestTargetDistribution> = {},
): Promise<string> {
  return insert(client, 'comms_request_target_distribution', {
    commsRequestId: '1001',
    commsCode: 'BILL_READY',
    deliveryMethod: 'SMS',
    target: '+15550100',
    aliasValue: 'Operator',
    message: 'Your bill is ready.',
    distributionStatus: 'D',
    ...fields,
  });
}

/** The row with this id, as it stands now. */
export async function distributionRow(
  client: Queryable,
  id: string,
): Promise<CommsRequestTargetDistribution> {
  const row = await byId(client, 'comms_request_target_distribution', id);
  return Object.assign(new CommsRequestTargetDistribution(), row);
}

/** The target with this id, as it stands now. */
export async function targetRow(client: Queryable, id: string): Promise<CommsRequestTarget> {
  return Object.assign(new CommsRequestTarget(), await byId(client, 'comms_request_target', id));
}

async function insert(client: Queryable, table: string, fields: object): Promise<string> {
  const columns = Object.keys(fields).map(columnOf);
  const places = columns.map((_, i) => `$${i + 1}`);
  const { rows } = await client.query(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places.join(', ')}) RETURNING ${table}_id AS id`,
    Object.values(fields),
  );
  return String(rows[0]?.['id']);
}

async function byId(client: Queryable, table: string, id: string): Promise<object> {
  const { rows } = await client.query(`SELECT * FROM ${table} WHERE ${table}_id = $1`, [id]);
  if (rows[0] === undefined) throw new Error(`no row ${id} in ${table}`);
  return Object.fromEntries(Object.entries(rows[0]).map(([column, value]) => [fieldOf(column), value]));
}

/** Entity fields and columns differ only in their spelling. */
function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function fieldOf(column: string): string {
  return column.replace(/_(.)/g, (_, letter: string) => letter.toUpperCase());
}

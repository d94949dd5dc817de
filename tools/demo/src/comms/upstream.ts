import type { Client } from 'pg';
import type { Comm, SampleComm } from './sample-comms.js';
import type { UntouchableComm } from './untouchable-comms.js';

/** Inserts comms into the tables, as upstream does. */
export class Upstream {
  constructor(private readonly client: Client) {}

  /** One transaction, so that all comms of a portion appear at once. */
  async putIn(comms: readonly (SampleComm | UntouchableComm)[]): Promise<void> {
    const of = (...kinds: (SampleComm | UntouchableComm)['putInAs'][]) =>
      JSON.stringify(comms.filter(({ putInAs }) => kinds.includes(putInAs)).map(({ comm }) => comm));
    await this.client.query('BEGIN');
    await this.client.query(PUT_IN_TARGETS, [of('target', 'merged target'), true]);
    await this.client.query(PUT_IN_TARGETS, [of('target before its merge'), false]);
    await this.client.query(PUT_IN_DISTRIBUTIONS, [of('distribution')]);
    await this.client.query('COMMIT');
  }
}

const COLUMNS =
  'comms_request_id, comms_code, delivery_method, target, alias_value, priority, message, time_exclusion';

/** The fields of {@link Comm}, in the order of the columns. */
const VALUES = `
  "commsRequestId", "commsCode", "deliveryMethod", "target", "alias", "priority", "message",
  now() + make_interval(mins => "excludedInMinutes")`;

const FIELD_TYPES: Record<keyof Comm, string> = {
  commsRequestId: 'bigint',
  commsCode: 'text',
  deliveryMethod: 'text',
  target: 'text',
  alias: 'text',
  priority: 'smallint',
  message: 'text',
  excludedInMinutes: 'integer',
};

const COMMS = `jsonb_to_recordset($1::jsonb) AS comm (${Object.entries(FIELD_TYPES)
  .map(([field, type]) => `"${field}" ${type}`)
  .join(', ')})`;

const PUT_IN_TARGETS = `
  INSERT INTO public.comms_request_target (${COLUMNS}, merge_date_time)
  SELECT ${VALUES}, CASE WHEN $2::boolean THEN now() END FROM ${COMMS}`;

const PUT_IN_DISTRIBUTIONS = `
  INSERT INTO public.comms_request_target_distribution (${COLUMNS}, distribution_status)
  SELECT ${VALUES}, 'D' FROM ${COMMS}`;

import type { DeliveryMethod } from '@comms/distribution';
import type { Client } from 'pg';
import { type Outcome, type Tally, tallyOf } from './outcome.js';
import type { RequestIds } from '../comms/sample-comms.js';

/** A row whose message has been put on its queue or into its file. */
export interface DeliveredRow {
  readonly distributionId: string;
  readonly deliveryMethod: DeliveryMethod;
  /** The file's name, where it is a file. */
  readonly reference: string | null;
}

/** Why comms were not delivered. */
export interface Undelivered {
  readonly outcome: Outcome;
  readonly count: number;
  readonly code: string;
  readonly text: string;
  /** When the first of them is tried again. */
  readonly retryAt: Date | null;
}

/** Reads what has become of the demo's rows. */
export class DemoRows {
  constructor(private readonly client: Client) {}

  async tally({ first, last }: RequestIds): Promise<Tally> {
    const { rows } = await this.client.query<{ method: DeliveryMethod; outcome: Outcome; count: number }>(
      TALLY,
      [first, last],
    );
    return tallyOf(rows);
  }

  async delivered({ first, last }: RequestIds): Promise<readonly DeliveredRow[]> {
    const { rows } = await this.client.query<DeliveredRow>(DELIVERED, [first, last]);
    return rows;
  }

  /** The comms at `R` and `E`, by their reasons. */
  async undelivered({ first, last }: RequestIds): Promise<readonly Undelivered[]> {
    return (await this.client.query<Undelivered>(UNDELIVERED, [first, last])).rows;
  }

  /** How many of these comms have been changed or got a distribution row, although the daemons must not touch them. */
  async touched({ first, last }: RequestIds): Promise<number> {
    const { rows } = await this.client.query<{ touched: number }>(TOUCHED, [first, last]);
    return rows[0]?.touched ?? 0;
  }
}

const TALLY = `
  SELECT delivery_method AS method, count(*)::integer AS count,
         CASE WHEN distribution_status = 'D' AND lapsed_date_time IS NOT NULL THEN 'lapsed'
              ELSE distribution_status::text END AS outcome
  FROM public.comms_request_target_distribution
  WHERE comms_request_id BETWEEN $1 AND $2
  GROUP BY 1, 3`;

const DELIVERED = `
  SELECT comms_request_target_distribution_id::text AS "distributionId", delivery_method AS "deliveryMethod",
         distribution_reference AS reference
  FROM public.comms_request_target_distribution
  WHERE comms_request_id BETWEEN $1 AND $2 AND distribution_status IN ('S', 'P')
  ORDER BY comms_request_target_distribution_id`;

const UNDELIVERED = `
  SELECT distribution_status::text AS outcome, count(*)::integer AS count,
         error_code AS code, error_text AS text, min(retry_date_time) AS "retryAt"
  FROM public.comms_request_target_distribution
  WHERE comms_request_id BETWEEN $1 AND $2 AND distribution_status IN ('R', 'E')
  GROUP BY distribution_status, error_code, error_text
  ORDER BY distribution_status DESC, count(*) DESC`;

const TOUCHED = `
  SELECT ((SELECT count(*) FROM public.comms_request_target_distribution
           WHERE comms_request_id BETWEEN $1 AND $2
             AND (distribution_status <> 'D' OR comms_request_target_id IS NOT NULL OR lapsed_date_time IS NOT NULL))
        + (SELECT count(*) FROM public.comms_request_target
           WHERE comms_request_id BETWEEN $1 AND $2 AND distribution_entry_date_time IS NOT NULL))::integer AS touched`;

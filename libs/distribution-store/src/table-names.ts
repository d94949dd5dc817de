import { escapeIdentifier } from 'pg';

/** The two tables, quoted and with their schema, ready for SQL. */
export interface TableNames {
  readonly target: string;
  readonly distribution: string;
}

export function tableNames(schema: string): TableNames {
  const inSchema = (table: string) => `${escapeIdentifier(schema)}.${escapeIdentifier(table)}`;
  return {
    target: inSchema('comms_request_target'),
    distribution: inSchema('comms_request_target_distribution'),
  };
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { tablesOf } from './tables-of.js';

/**
 * Old and new code may run at once: nothing existing is touched. Version 0.1.0 goes on with this schema, but it does not
 * know of rows that are set aside: while it runs next to newer daemons, it may put such a row again.
 */
export class CreateCommsSetAside1795982400001 implements MigrationInterface {
  readonly name = 'CreateCommsSetAside1795982400001';

  async up(queryRunner: QueryRunner): Promise<void> {
    const { setAsideTable } = tablesOf(queryRunner);
    await queryRunner.query(`
      CREATE TABLE ${setAsideTable} (
        comms_request_target_distribution_id bigint NOT NULL,
        delivery_method varchar(10) NOT NULL,
        message_put boolean NOT NULL,
        error_code varchar(50) NOT NULL,
        error_text varchar(500) NOT NULL,
        set_aside_date_time timestamptz NOT NULL,
        audit_time_stamp timestamptz NOT NULL,
        audit_process varchar(50) NOT NULL,
        audit_user varchar(50) NOT NULL,
        CONSTRAINT comms_set_aside_pkey PRIMARY KEY (comms_request_target_distribution_id)
      ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200)`);
    await queryRunner.query(`
      CREATE INDEX comms_set_aside_method ON ${setAsideTable} (delivery_method, set_aside_date_time)
      INCLUDE (comms_request_target_distribution_id)`);
    await queryRunner.query(grants(setAsideTable));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE ${tablesOf(queryRunner).setAsideTable}`);
  }
}

/** The rights of sql/roles.sql on the new table, for the roles that exist: a daemon needs them as soon as it is updated. */
const grants = (setAside: string) => `
  DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'comms_delivery') THEN
      GRANT SELECT (comms_request_target_distribution_id, delivery_method, set_aside_date_time),
        INSERT (comms_request_target_distribution_id, delivery_method, message_put, error_code, error_text,
          set_aside_date_time, audit_time_stamp, audit_process, audit_user)
      ON ${setAside} TO comms_delivery;
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'comms_monitor') THEN
      GRANT SELECT (comms_request_target_distribution_id, delivery_method) ON ${setAside} TO comms_monitor;
    END IF;
  END $$`;

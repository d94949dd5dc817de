import { escapeLiteral } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isView, tablesOf } from './tables-of.js';

/** Old and new code may run at once: old daemons skip the column. */
export class AddSending1795514400003 implements MigrationInterface {
  readonly name = 'AddSending1795514400003';

  async up(queryRunner: QueryRunner): Promise<void> {
    const { distributionTable } = tablesOf(queryRunner);
    if (await isView(queryRunner, distributionTable)) return;
    await queryRunner.query(`ALTER TABLE ${distributionTable} ADD sending varchar(20)`);
    await queryRunner.query(grantAsForSentDateTime(distributionTable));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    const { distributionTable } = tablesOf(queryRunner);
    if (!(await isView(queryRunner, distributionTable)))
      await queryRunner.query(`ALTER TABLE ${distributionTable} DROP sending`);
  }
}

/** Roles that may read or write when a row was sent may do the same with the sending, so that none is ever without. */
const grantAsForSentDateTime = (distribution: string) => `
  DO $$
  DECLARE
    held record;
  BEGIN
    FOR held IN
      SELECT privilege_type AS right, grantee::regrole AS role
      FROM pg_attribute, aclexplode(attacl)
      WHERE attrelid = ${escapeLiteral(distribution)}::regclass AND attname = 'sent_date_time'
        AND grantee <> 0 AND privilege_type IN ('SELECT', 'UPDATE')
    LOOP
      EXECUTE format('GRANT %s (sending) ON %s TO %s', held.right, ${escapeLiteral(distribution)}, held.role);
    END LOOP;
  END
  $$`;

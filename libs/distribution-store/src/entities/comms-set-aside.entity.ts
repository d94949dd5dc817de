import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A row whose verdict the database refused to record in any form: it is neither claimed nor put until it is released. */
@Entity({ name: 'comms_set_aside' })
@Index('comms_set_aside_method', { synchronize: false })
export class CommsSetAside {
  @PrimaryColumn({
    name: 'comms_request_target_distribution_id',
    type: 'bigint',
    primaryKeyConstraintName: 'comms_set_aside_pkey',
  })
  commsRequestTargetDistributionId!: string;

  @Column({ name: 'delivery_method', type: 'varchar', length: 10 })
  deliveryMethod!: string;

  /** Whether its message is on the queue or in the directory. */
  @Column({ name: 'message_put', type: 'boolean' })
  messagePut!: boolean;

  @Column({ name: 'error_code', type: 'varchar', length: 50 })
  errorCode!: string;

  @Column({ name: 'error_text', type: 'varchar', length: 500 })
  errorText!: string;

  @Column({ name: 'set_aside_date_time', type: 'timestamptz' })
  setAsideDateTime!: Date;

  @Column({ name: 'audit_time_stamp', type: 'timestamptz' })
  auditTimeStamp!: Date;

  @Column({ name: 'audit_process', type: 'varchar', length: 50 })
  auditProcess!: string;

  /** The database user that has set it aside. */
  @Column({ name: 'audit_user', type: 'varchar', length: 50 })
  auditUser!: string;
}

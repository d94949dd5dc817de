import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** One merged comm on its way: the CommsRequestTargetDistribution table. */
@Entity({ name: 'comms_request_target_distribution' })
@Check('comms_request_target_distribution_status_check', `distribution_status IN ('A','D','S','P','R','E')`)
@Check(
  'comms_request_target_distribution_method_check',
  `delivery_method IN ('PUSH','SMS','EXTERNAL','ONLINE','EMAIL','LETTER')`,
)
@Check('comms_request_target_distribution_priority_check', `priority BETWEEN 1 AND 3`)
@Index('comms_request_target_distribution_target', ['commsRequestTargetId'], {
  unique: true,
  where: 'comms_request_target_id IS NOT NULL',
})
@Index('comms_request_target_distribution_claim', { synchronize: false })
@Index('comms_request_target_distribution_retry', { synchronize: false })
@Index('comms_request_target_distribution_lapsing', { synchronize: false })
@Index('comms_request_target_distribution_lapsed', { synchronize: false })
@Index('comms_request_target_distribution_error', { synchronize: false })
export class CommsRequestTargetDistribution {
  /** The distribution id. */
  @PrimaryGeneratedColumn('identity', {
    name: 'comms_request_target_distribution_id',
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'comms_request_target_distribution_pkey',
  })
  commsRequestTargetDistributionId!: string;

  /** NULL where upstream wrote the row without a target row. */
  @Column({ name: 'comms_request_target_id', type: 'bigint', nullable: true })
  commsRequestTargetId!: string | null;

  @Column({ name: 'comms_request_id', type: 'bigint' })
  commsRequestId!: string;

  @Column({ name: 'comms_code', type: 'varchar', length: 20, nullable: true })
  commsCode!: string | null;

  @Column({ name: 'delivery_method', type: 'varchar', length: 10 })
  deliveryMethod!: string;

  /** Handset token, phone number or external reference. */
  @Column({ name: 'target', type: 'varchar', length: 200, nullable: true })
  target!: string | null;

  /** The sender shown to the customer. */
  @Column({ name: 'alias_value', type: 'varchar', length: 70, nullable: true })
  aliasValue!: string | null;

  /** 1 high, 2 medium, 3 low. */
  @Column({ name: 'priority', type: 'smallint', default: 2 })
  priority!: number;

  /** The merged text. */
  @Column({ name: 'message', type: 'text', nullable: true })
  message!: string | null;

  @Column({ name: 'time_exclusion', type: 'timestamptz', nullable: true })
  timeExclusion!: Date | null;

  /** One of A, D, S, P, R, E. */
  @Column({ name: 'distribution_status', type: 'char', length: 1 })
  distributionStatus!: string;

  @Column({ name: 'created_date_time', type: 'timestamptz', default: () => 'now()' })
  createdDateTime!: Date;

  @Column({ name: 'sent_date_time', type: 'timestamptz', nullable: true })
  sentDateTime!: Date | null;

  @Column({ name: 'published_date_time', type: 'timestamptz', nullable: true })
  publishedDateTime!: Date | null;

  /** When the next try is due, while the status is R. */
  @Column({ name: 'retry_date_time', type: 'timestamptz', nullable: true })
  retryDateTime!: Date | null;

  @Column({ name: 'read_date_time', type: 'timestamptz', nullable: true })
  readDateTime!: Date | null;

  /** comms-monitor's mark: the row's time has passed in mode send-before. */
  @Column({ name: 'lapsed_date_time', type: 'timestamptz', nullable: true })
  lapsedDateTime!: Date | null;

  /** Tries that failed. */
  @Column({ name: 'retry_count', type: 'smallint', default: 0 })
  retryCount!: number;

  @Column({ name: 'error_code', type: 'varchar', length: 50, nullable: true })
  errorCode!: string | null;

  @Column({ name: 'error_text', type: 'varchar', length: 500, nullable: true })
  errorText!: string | null;

  /** The file's name, or the third party's reference. */
  @Column({ name: 'distribution_reference', type: 'varchar', length: 100, nullable: true })
  distributionReference!: string | null;

  @Column({ name: 'audit_time_stamp', type: 'timestamptz', nullable: true })
  auditTimeStamp!: Date | null;

  /** The app that wrote last. */
  @Column({ name: 'audit_process', type: 'varchar', length: 50, nullable: true })
  auditProcess!: string | null;

  /** The database user that wrote last. */
  @Column({ name: 'audit_user', type: 'varchar', length: 50, nullable: true })
  auditUser!: string | null;

  /** The sending of the message that was last recorded as S or P. */
  @Column({ name: 'sending', type: 'varchar', length: 20, nullable: true })
  sending!: string | null;
}

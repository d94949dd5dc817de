import { Check, Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';

/** A merged message as upstream leaves it, to be distributed to one target. */
@Entity({ name: 'comms_request_target' })
@Check(
  'comms_request_target_method_check',
  `delivery_method IN ('PUSH','SMS','EXTERNAL','ONLINE','EMAIL','LETTER')`,
)
@Check('comms_request_target_priority_check', `priority BETWEEN 1 AND 3`)
@Index('comms_request_target_pending', { synchronize: false })
export class CommsRequestTarget {
  @PrimaryGeneratedColumn('identity', {
    name: 'comms_request_target_id',
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'comms_request_target_pkey',
  })
  commsRequestTargetId!: string;

  @Column({ name: 'comms_request_id', type: 'bigint' })
  commsRequestId!: string;

  /** Which template the message was merged from. */
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

  /** NULL: not merged yet, so no daemon touches the target. */
  @Column({ name: 'merge_date_time', type: 'timestamptz', nullable: true })
  mergeDateTime!: Date | null;

  /** When comms-monitor made, or found, the distribution entry of this target. */
  @Column({ name: 'distribution_entry_date_time', type: 'timestamptz', nullable: true })
  distributionEntryDateTime!: Date | null;
}

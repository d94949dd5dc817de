import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** The rows of one batch whose messages may be put right now; it stays only where a batch never recorded its outcome. */
@Entity({ name: 'comms_put_announcement' })
export class CommsPutAnnouncement {
  @PrimaryGeneratedColumn('identity', {
    name: 'comms_put_announcement_id',
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'comms_put_announcement_pkey',
  })
  commsPutAnnouncementId!: string;

  @Column({ name: 'delivery_method', type: 'varchar', length: 10 })
  deliveryMethod!: string;

  @Column({ name: 'distribution_ids', type: 'bigint', array: true })
  distributionIds!: string[];

  @Column({ name: 'audit_time_stamp', type: 'timestamptz' })
  auditTimeStamp!: Date;

  @Column({ name: 'audit_process', type: 'varchar', length: 50 })
  auditProcess!: string;
}

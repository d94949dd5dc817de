import { CommsPutAnnouncement } from '../entities/comms-put-announcement.entity.js';
import { CommsRequestTarget } from '../entities/comms-request-target.entity.js';
import { CommsRequestTargetDistribution } from '../entities/comms-request-target-distribution.entity.js';
import { CommsSetAside } from '../entities/comms-set-aside.entity.js';

/** What must be possible with the columns of one table. */
export type TableRequirement =
  | Requirement<CommsRequestTarget>
  | Requirement<CommsRequestTargetDistribution>
  | Requirement<CommsPutAnnouncement>
  | Requirement<CommsSetAside>;

/** By the names of the entity's fields. */
interface Requirement<Entity> {
  readonly entity: new () => Entity;
  readonly read: readonly (keyof Entity)[];
  readonly update: readonly (keyof Entity)[];
  readonly insert?: readonly (keyof Entity)[];
  /** The columns by which rows are deleted. */
  readonly delete?: readonly (keyof Entity)[];
}

const AUDIT = ['auditTimeStamp', 'auditProcess', 'auditUser'] as const;

const COPIED = [
  'commsRequestId',
  'commsCode',
  'deliveryMethod',
  'target',
  'aliasValue',
  'priority',
  'message',
  'timeExclusion',
] as const;

const CONDITIONS = [
  'deliveryMethod',
  'priority',
  'timeExclusion',
  'distributionStatus',
  'lapsedDateTime',
] as const;

/** What the daemons do that put messages. */
export const DELIVERY_REQUIREMENTS: readonly TableRequirement[] = [
  {
    entity: CommsRequestTargetDistribution,
    read: [
      'commsRequestTargetDistributionId',
      ...COPIED,
      ...CONDITIONS,
      'createdDateTime',
      'sentDateTime',
      'publishedDateTime',
      'sending',
      'retryCount',
      'distributionReference',
    ],
    update: [
      'distributionStatus',
      'sentDateTime',
      'publishedDateTime',
      'sending',
      'retryDateTime',
      'retryCount',
      'errorCode',
      'errorText',
      'distributionReference',
      ...AUDIT,
    ],
  },
  {
    entity: CommsPutAnnouncement,
    read: ['commsPutAnnouncementId', 'deliveryMethod', 'distributionIds'],
    update: ['distributionIds'],
    insert: ['deliveryMethod', 'distributionIds', 'auditTimeStamp', 'auditProcess'],
    delete: ['commsPutAnnouncementId'],
  },
  {
    entity: CommsSetAside,
    read: ['commsRequestTargetDistributionId', 'deliveryMethod', 'setAsideDateTime'],
    update: [],
    insert: [
      'commsRequestTargetDistributionId',
      'deliveryMethod',
      'messagePut',
      'errorCode',
      'errorText',
      'setAsideDateTime',
      ...AUDIT,
    ],
  },
];

/** What comms-monitor does. */
export const MONITOR_REQUIREMENTS: readonly TableRequirement[] = [
  {
    entity: CommsRequestTarget,
    read: ['commsRequestTargetId', ...COPIED, 'mergeDateTime', 'distributionEntryDateTime'],
    update: ['distributionEntryDateTime'],
  },
  {
    entity: CommsRequestTargetDistribution,
    read: [
      'commsRequestTargetDistributionId',
      'commsRequestTargetId',
      ...CONDITIONS,
      'createdDateTime',
      'retryDateTime',
    ],
    update: [
      'distributionStatus',
      'publishedDateTime',
      'retryDateTime',
      'lapsedDateTime',
      'errorCode',
      'errorText',
      ...AUDIT,
    ],
    insert: [
      'commsRequestTargetId',
      ...COPIED,
      'distributionStatus',
      'publishedDateTime',
      'createdDateTime',
      ...AUDIT,
    ],
  },
  { entity: CommsSetAside, read: ['commsRequestTargetDistributionId', 'deliveryMethod'], update: [] },
];

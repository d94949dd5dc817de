import { AddSending1795514400003 } from './add-sending.migration.js';
import { CreateCommsPutAnnouncement1795514400002 } from './create-comms-put-announcement.migration.js';
import { CreateCommsSetAside1795982400001 } from './create-comms-set-aside.migration.js';
import { CreateCommsRequestTarget1795514400000 } from './create-comms-request-target.migration.js';
import { CreateCommsRequestTargetDistribution1795514400001 } from './create-comms-request-target-distribution.migration.js';

/** All migrations, oldest first; only ever added to. */
export const MIGRATIONS = [
  CreateCommsRequestTarget1795514400000,
  CreateCommsRequestTargetDistribution1795514400001,
  CreateCommsPutAnnouncement1795514400002,
  AddSending1795514400003,
  CreateCommsSetAside1795982400001,
];

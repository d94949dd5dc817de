import type { DiskErrno } from '../disk/disk.js';
import type { FAULT_KINDS } from './fault.js';
import type { Strike } from './system.js';

export const DISK_STRIKES: Record<(typeof FAULT_KINDS)['disk'][number], Strike> = {
  'disk full': hinderedBy('ENOSPC'),
  'disk error': hinderedBy('EIO'),
  'disk read-only': hinderedBy('EROFS'),
  'directory gone': hinderedBy('ENOENT'),
  'directory unreadable': hinderedBy('EACCES'),
  'power loss'({ disk, deliveries, checker }, { lengthMs }) {
    for (let i = 0; i < deliveries.size; i++) deliveries.kill(i, lengthMs / 3);
    disk.losePower();
    checker.powerLost();
    return undefined;
  },
};

function hinderedBy(errno: DiskErrno): Strike {
  return ({ disk }) => {
    disk.hindrance = errno;
    return () => {
      disk.hindrance = undefined;
    };
  };
}

import type { Row } from '../database/row.js';
import type { FAULT_KINDS } from './fault.js';
import type { System, Strike } from './system.js';

export const ROW_STRIKES: Record<(typeof FAULT_KINDS)['row'][number], Strike> = {
  /**
   * An operator takes rows back to D: those at E and R, except those whose message was put, and some that were sent and
   * are to be sent again.
   */
  requeue({ world, database }) {
    for (const row of database.rows.values()) {
      const failed =
        (row.status === 'E' || row.status === 'R') && row.errorCode !== 'MESSAGE_PUT_NOT_RECORDED';
      const wanted = failed || (isSent(row) && world.random.chance(0.2));
      if (wanted && row.lockedBy === undefined && !row.meddledWith) row.status = 'D';
    }
    return undefined;
  },
  /** Another program, which ignores locks, takes a row that is in hand. */
  meddle(system) {
    const row = lockedRows(system)[0];
    if (row === undefined) return undefined;
    system.world.note(system.director, `changes row ${row.id}`);
    row.meddledWith = true;
    row.status = 'E';
    return undefined;
  },
  /** Another session holds the locks of all rows that are free. */
  'rows held'({ world, director, database }, { lengthMs }) {
    world.after(director, 0, () => {
      void database.connect().then(
        (session) => {
          session.lock([...database.rows.values()].filter(({ lockedBy }) => lockedBy === undefined));
          world.after(director, lengthMs, () => {
            session.terminate();
          });
        },
        () => undefined,
      );
    });
    return undefined;
  },
};

/** Rows that are not written yet: any other session would wait for a write. */
function lockedRows({ database }: System): Row[] {
  return [...database.rows.values()].filter(
    ({ status, lockedBy }) => status === 'D' && lockedBy?.staged.length === 0,
  );
}

function isSent({ status }: Row): boolean {
  return status === 'S' || status === 'P';
}

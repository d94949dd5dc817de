import type { DatabaseHindrance } from '../database/database.js';
import type { FAULT_KINDS } from './fault.js';
import type { Strike } from './system.js';

export const DATABASE_STRIKES: Record<(typeof FAULT_KINDS)['database'][number], Strike> = {
  'database crash'({ database }) {
    database.crash();
    return () => {
      database.start();
    };
  },
  'database hang'({ world, database }, { lengthMs }) {
    database.actor.stalledUntil = world.now + lengthMs;
    return undefined;
  },
  'database read-only': hinderedBy('read-only'),
  'database without connections': hinderedBy('no connections'),
  'session terminated'({ database }, { choice }) {
    const { sessions } = database;
    sessions[Math.floor(choice * sessions.length)]?.terminate();
    return undefined;
  },
  'commit lost'({ database }, { choice }) {
    database.commitLoss = choice < 0.5 ? 'before' : 'after';
    return () => {
      database.commitLoss = undefined;
    };
  },
  'database slow'({ database }, { choice }) {
    database.slowness = 1 + choice * 1_000;
    return () => {
      database.slowness = 1;
    };
  },
};

function hinderedBy(hindrance: DatabaseHindrance): Strike {
  return ({ database }) => {
    database.hindrance = hindrance;
    return () => {
      database.hindrance = undefined;
    };
  };
}

import {
  BROKER_BLOCKED_CODES,
  BROKER_DEFECT_CODES,
  BROKER_DOWN_CODES,
  BROKER_MESSAGE_CODES,
} from '@comms/activemq';
import { SECRET_FILE_CODES } from '@comms/config';
import { HEALTH_CHECK_CODES, HEALTH_PORT_CODES } from '@comms/daemon-runtime';
import { COURIER_DEFECT_CODES, ROW_CODES } from '@comms/delivery';
import {
  STORE_DEFECT_CODES,
  STORE_HEALING_CODES,
  STORE_LASTING_CODES,
  STORE_SCHEMA_CODES,
} from '@comms/distribution-store';
import { DIRECTORY_DEGRADED_CODES, DIRECTORY_DOWN_CODES, FILE_CODES } from '@comms/file-outbox';
import { KEY_CODES } from '@comms/json-encryption';

/** What an operator needs to know of a code. Both are Markdown on one line, with links from docs/. */
export interface CodeInfo {
  /** A sentence without its full stop. */
  readonly meaning: string;
  /** Without its full stop: what to look at, or what to do, as its table says. */
  readonly remedy: string;
}

/** The codes of one trouble: a table of docs/operations.md. */
export interface CodeTable {
  readonly remedyIs: 'look at' | 'act';
  readonly codes: Readonly<Record<string, CodeInfo>>;
}

/** All codes, by tables. Each library has the codes that it reports. */
export const CODE_TABLES: Readonly<Record<string, CodeTable>> = {
  'broker-down': { remedyIs: 'look at', codes: BROKER_DOWN_CODES },
  'broker-blocked': { remedyIs: 'look at', codes: BROKER_BLOCKED_CODES },
  'directory-down': { remedyIs: 'look at', codes: DIRECTORY_DOWN_CODES },
  'directory-degraded': { remedyIs: 'act', codes: DIRECTORY_DEGRADED_CODES },
  rows: { remedyIs: 'act', codes: { ...ROW_CODES, ...BROKER_MESSAGE_CODES, ...FILE_CODES } },
  'database-down': {
    remedyIs: 'look at',
    codes: { ...HEALTH_CHECK_CODES, ...STORE_HEALING_CODES, ...STORE_SCHEMA_CODES, ...STORE_LASTING_CODES },
  },
  defects: {
    remedyIs: 'act',
    codes: withRemedy({ ...STORE_DEFECT_CODES, ...BROKER_DEFECT_CODES, ...COURIER_DEFECT_CODES }),
  },
  'health-port': { remedyIs: 'act', codes: HEALTH_PORT_CODES },
  keys: { remedyIs: 'act', codes: KEY_CODES },
  'secret-files': { remedyIs: 'act', codes: SECRET_FILE_CODES },
};

/** What an operator needs to know of each code that a daemon can report, but those of a rare errno. */
export const CODES: ReadonlyMap<string, CodeInfo> = new Map(
  Object.values(CODE_TABLES).flatMap(({ codes }) => Object.entries(codes)),
);

function withRemedy(codes: Readonly<Record<string, Pick<CodeInfo, 'meaning'>>>): CodeTable['codes'] {
  const remedy =
    'nothing while the daemon ends; else report the line of the log, which has the place in the program';
  return Object.fromEntries(Object.entries(codes).map(([code, { meaning }]) => [code, { meaning, remedy }]));
}

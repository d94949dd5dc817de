/** Every kind of fault. */
export const FAULT_KINDS = {
  daemon: ['kill', 'lose machine', 'roll', 'stall'],
  broker: [
    'broker crash',
    'broker hang',
    'broker slow',
    'broker blocked',
    'broker full',
    'broker not authorised',
    'broker login refused',
    'broker ERROR without name',
    'broker echoes',
    'reset',
    'black hole',
    'latency',
  ],
  database: [
    'database crash',
    'database hang',
    'database read-only',
    'database without connections',
    'session terminated',
    'commit lost',
    'database slow',
  ],
  disk: ['disk full', 'disk error', 'disk read-only', 'directory gone', 'directory unreadable', 'power loss'],
  row: ['requeue', 'meddle', 'rows held'],
  clock: ['clock jump'],
} as const;

export type FaultKind = (typeof FAULT_KINDS)[keyof typeof FAULT_KINDS][number];

/** Something that goes wrong. */
export interface Fault {
  readonly kind: FaultKind;
  /** Not before, in milliseconds of virtual time. */
  readonly at: number;
  /** Strikes when this happens for the first time from then on; at once where undefined. */
  readonly moment: Moment | undefined;
  /** Milliseconds from the moment to the strike. */
  readonly delayMs: number;
  /** How long it lasts. */
  readonly lengthMs: number;
  /** Which one of several it strikes, and how much of it: 0 to below 1. */
  readonly choice: number;
}

/** Steps of a delivery that a fault may wait for. */
export const MOMENTS = [
  'claimed',
  'announced',
  'send',
  'commit',
  'stored',
  'written',
  'renamed',
  'directory synced',
  'recording',
  'recorded',
] as const;

export type Moment = (typeof MOMENTS)[number];

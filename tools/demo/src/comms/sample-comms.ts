import { type DeliveryMethod, OUTBOUND_METHODS, type Priority } from '@comms/distribution';
import { cycle, mergeNotice } from './merge-notice.js';
import type { Outcome } from '../results/outcome.js';

/** One comm as upstream leaves it. */
export interface Comm {
  readonly commsRequestId: number;
  readonly commsCode: string;
  readonly deliveryMethod: DeliveryMethod | 'EMAIL' | 'LETTER';
  readonly target: string;
  readonly alias: string;
  readonly priority: Priority;
  /** Null where the merge has failed to leave a text. */
  readonly message: string | null;
  /** Time exclusion, in minutes from now; null for none. */
  readonly excludedInMinutes: number | null;
}

/** One comm of the demo: how it is inserted, and what must become of it. */
export interface SampleComm {
  readonly comm: Comm & { readonly deliveryMethod: DeliveryMethod };
  /** As a merged target, for which comms-monitor makes the distribution row; or as a distribution row at `D`. */
  readonly putInAs: 'target' | 'distribution';
  readonly outcome: Outcome;
}

/** What the demo's own broker refuses; a real broker takes it. */
export const REFUSED_CODE = 'DEMO-REFUSED';

interface SampleOptions {
  readonly count: number;
  readonly firstRequestId: number;
  /** Whether the broker refuses `REFUSED_CODE`. */
  readonly brokerRefuses: boolean;
}

/**
 * The comms of one demo: all methods, languages and priorities, and a few with each fault. The same options give the
 * same comms.
 */
export function sampleComms({ count, firstRequestId, brokerRefuses }: SampleOptions): SampleComm[] {
  const ofMethod: Partial<Record<DeliveryMethod, number>> = {};
  return Array.from({ length: count }, (_, index) => {
    const method = cycle(METHODS, index);
    const nth = ofMethod[method] ?? 0;
    ofMethod[method] = nth + 1;
    const priority = cycle(PRIORITIES, nth);
    const plain = plainComm(index, method);
    const { changes, outcome } = fateOf(method, nth, brokerRefuses);
    return {
      comm: { ...plain, commsRequestId: firstRequestId + index, priority, ...changes },
      putInAs: nth % 4 === 1 ? 'distribution' : 'target',
      outcome,
    };
  });
}

/** Twenty comms: seven PUSH, six SMS, four EXTERNAL, three ONLINE, well mixed. */
const METHODS: readonly [DeliveryMethod, ...DeliveryMethod[]] = (
  'PUSH SMS EXTERNAL PUSH ONLINE SMS PUSH SMS EXTERNAL PUSH ' +
  'SMS ONLINE PUSH EXTERNAL SMS PUSH SMS ONLINE EXTERNAL PUSH'
).split(' ') as [DeliveryMethod, ...DeliveryMethod[]];

const PRIORITIES: readonly [Priority, ...Priority[]] = [2, 2, 3, 2, 1];

function plainComm(index: number, deliveryMethod: DeliveryMethod) {
  return {
    ...mergeNotice(index),
    deliveryMethod,
    target: TARGETS[deliveryMethod](index),
    alias: 'Example Mobile',
    excludedInMinutes: null,
  };
}

/** No real addresses: the phone numbers are of the range that Ofcom keeps for fiction. */
const TARGETS: Record<DeliveryMethod, (index: number) => string> = {
  PUSH: (index) => `demo-handset-${(index * 2_654_435_761).toString(16).padStart(10, '0').slice(-10)}`,
  SMS: (index) => `+447700900${String(index % 1000).padStart(3, '0')}`,
  EXTERNAL: (index) => `EXT-${String(index).padStart(6, '0')}`,
  ONLINE: (index) => `account-${String(index).padStart(6, '0')}`,
};

interface Fate {
  readonly changes: Partial<Pick<Comm, 'commsCode' | 'message' | 'excludedInMinutes'>>;
  readonly outcome: Outcome;
}

/** The status that each daemon of the demo gives to what it has delivered. */
const DELIVERED: Record<DeliveryMethod, 'S' | 'P'> = { PUSH: 'P', SMS: 'S', EXTERNAL: 'S', ONLINE: 'P' };

function fateOf(method: DeliveryMethod, nth: number, brokerRefuses: boolean): Fate {
  const delivered = DELIVERED[method];
  if (!(OUTBOUND_METHODS as readonly DeliveryMethod[]).includes(method))
    return { changes: {}, outcome: delivered };
  switch (nth % 20) {
    case 3:
    case 13:
      return { changes: { excludedInMinutes: 24 * 60 }, outcome: delivered };
    case 7:
      return { changes: { message: null }, outcome: 'E' };
    case 11:
    case 15:
      return { changes: { excludedInMinutes: -60 }, outcome: 'lapsed' };
    case 17:
      if (method === 'SMS') return { changes: {}, outcome: delivered };
      return { changes: { commsCode: REFUSED_CODE }, outcome: brokerRefuses ? 'R' : delivered };
    default:
      return { changes: {}, outcome: delivered };
  }
}

/** Some comms of one demo, by their request ids: both ends included. */
export interface RequestIds {
  readonly first: number;
  readonly last: number;
}

export function requestIdsOf(comms: readonly { readonly comm: Comm }[]): RequestIds {
  const ids = comms.map(({ comm }) => comm.commsRequestId);
  return { first: Math.min(...ids), last: Math.max(...ids) };
}

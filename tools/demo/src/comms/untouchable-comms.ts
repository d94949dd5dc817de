import type { Comm } from './sample-comms.js';

/** A comm that the suite must leave as it is, and how it is inserted. */
export interface UntouchableComm {
  readonly comm: Comm;
  readonly putInAs: 'merged target' | 'target before its merge' | 'distribution';
}

/** Comms in the same tables that the suite does not handle: other methods, and targets not merged yet. */
export function untouchableComms(firstRequestId: number): UntouchableComm[] {
  return KINDS.map(({ putInAs, deliveryMethod, target }, index) => ({
    putInAs,
    comm: {
      commsRequestId: firstRequestId + index,
      commsCode: 'DEMO-UNTOUCHED',
      deliveryMethod,
      target,
      alias: 'Example Mobile',
      priority: 2,
      message: putInAs === 'target before its merge' ? null : 'Not for these daemons.',
      excludedInMinutes: null,
    },
  }));
}

const KINDS: readonly Pick<Comm & UntouchableComm, 'putInAs' | 'deliveryMethod' | 'target'>[] = [
  { putInAs: 'distribution', deliveryMethod: 'EMAIL', target: 'amelia@example.com' },
  { putInAs: 'distribution', deliveryMethod: 'LETTER', target: '1 Example Street' },
  { putInAs: 'merged target', deliveryMethod: 'EMAIL', target: 'oliver@example.com' },
  { putInAs: 'merged target', deliveryMethod: 'LETTER', target: '2 Example Street' },
  { putInAs: 'target before its merge', deliveryMethod: 'PUSH', target: 'demo-handset-before-merge' },
  { putInAs: 'target before its merge', deliveryMethod: 'SMS', target: '+447700900999' },
  { putInAs: 'target before its merge', deliveryMethod: 'EXTERNAL', target: 'EXT-before-merge' },
  { putInAs: 'target before its merge', deliveryMethod: 'ONLINE', target: 'account-before-merge' },
];

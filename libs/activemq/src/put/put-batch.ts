import type { OutboundMessage, PutOutcome } from '@comms/delivery';
import { BrokerError } from '../broker-error.js';
import type { BrokerLink } from '../link/broker-link.js';
import type { StompSession } from '../stomp/stomp-session.js';
import { Parcel } from './parcel.js';
import type { PassEnd, PutContext, PutTally } from './put-context.js';
import { putInTransactions } from './put-in-transactions.js';
import { putAlone, putOneByOne } from './put-one-by-one.js';
import type { TransactionCap } from './transaction-cap.js';

/** What a put needs beside its messages. */
export interface PutSetting {
  readonly link: BrokerLink;
  /** The bare name of the queue. */
  readonly queue: string;
  readonly cap: TransactionCap;
  /** Milliseconds for one answer of the broker, and for the whole put. */
  readonly receiptTimeout: number;
  readonly longest: number;
  readonly now: () => Date;
}

/**
 * Puts a batch: in transactions at first; what one of them leaves open goes one by one over a new connection, until
 * all is settled, another connection would not help, or the time is used up.
 */
export async function putBatch(
  messages: readonly OutboundMessage[],
  setting: PutSetting,
): Promise<readonly PutOutcome[]> {
  const parcels = messages.map((message) => new Parcel(message));
  const tally: PutTally = { accepted: 0, refusedAtFirst: 0, roomPauses: 0 };
  const fault = await putOverConnections(parcels, tally, setting);
  return parcels.map((parcel) => parcel.outcome ?? unsettled(parcel, fault));
}

/** A broker that ends connection after connection is left to the next put. */
const MAX_CONNECTIONS = 8;

/** Answers why it stopped, which is of interest where a parcel is still open. */
async function putOverConnections(
  parcels: readonly Parcel[],
  tally: PutTally,
  { now, longest, ...parts }: PutSetting,
): Promise<BrokerError> {
  const { link, receiptTimeout } = parts;
  const lastStart = now().getTime() + longest - receiptTimeout;
  const left = () => lastStart - now().getTime();
  const hasTime = () => left() > 0;
  let fault = new BrokerError('BROKER_CONNECTION_LOST');
  for (let connection = 1; connection <= MAX_CONNECTIONS && parcels.some(isOpen); connection += 1) {
    const session = await sessionOrFault(link, left());
    if (session instanceof BrokerError) return session;
    const end = await putOver(parcels, { ...parts, session, tally, hasTime });
    if (end === undefined) break;
    fault = end.fault;
    link.trouble(fault);
    if (end.giveUp) break;
    // Nothing of a connection that is in doubt may come late.
    session.destroy(fault);
  }
  return fault;
}

/** One pass: what may be on the queue already comes first, what ended a connection before comes last. */
async function putOver(parcels: readonly Parcel[], context: PutContext): Promise<PassEnd | undefined> {
  const open = parcels.filter(isOpen);
  const going = (way: Way) => open.filter((parcel) => wayOf(parcel) === way);
  return (
    (await putAlone(going('alone'), context)) ??
    (await putOneByOne(going('singly'), context)) ??
    (await putInTransactions(going('in a transaction'), context)) ??
    (await putAlone(going('last'), context))
  );
}

type Way = 'alone' | 'singly' | 'in a transaction' | 'last';

function wayOf({ singly, alone, losses }: Parcel): Way {
  if (losses > 0) return 'last';
  if (alone) return 'alone';
  return singly ? 'singly' : 'in a transaction';
}

function isOpen({ outcome }: Parcel): boolean {
  return outcome === undefined;
}

async function sessionOrFault(link: BrokerLink, limit: number): Promise<StompSession | BrokerError> {
  try {
    return await link.session(limit);
  } catch (error) {
    if (error instanceof BrokerError) return error;
    throw error;
  }
}

function unsettled({ mayBePut }: Parcel, { code, message: text }: BrokerError): PutOutcome {
  return { kind: mayBePut ? 'unknown' : 'untouched', code, text };
}

import type { OutboundMessage, PutOutcome } from '@comms/delivery';
import { BrokerError } from '../broker-error.js';
import type { BrokerLink } from '../link/broker-link.js';
import type { StompSession } from '../stomp/stomp-session.js';
import { Parcel } from './parcel.js';
import { newTally, type PassEnd, type PutContext } from './put-context.js';
import { putInTransactions } from './put-in-transactions.js';
import { putAlone, putOneByOne } from './put-one-by-one.js';
import type { TransactionCap } from './transaction-cap.js';

/** What a put needs beside its messages. */
export interface PutSetting {
  readonly link: BrokerLink;
  /** The bare name of the queue. */
  readonly queue: string;
  readonly cap: TransactionCap;
  /** Milliseconds for one answer of the broker. */
  readonly receiptTimeout: number;
  /** A clock that never steps. */
  readonly elapsedMs: () => number;
}

/**
 * Puts a batch until the moment `deadline` of the clock: in transactions at first; what one of them leaves open goes one
 * by one over a new connection, until all is settled, another connection would not help, or the time is used up.
 */
export async function putBatch(
  messages: readonly OutboundMessage[],
  deadline: number,
  setting: PutSetting,
): Promise<readonly PutOutcome[]> {
  const parcels = messages.map((message) => new Parcel(message));
  const fault = await putOverConnections(parcels, deadline, setting);
  return parcels.map((parcel) => parcel.outcome ?? unsettled(parcel, fault));
}

/** A broker that ends connection after connection, and nothing is known the better for it, is left to the next put. */
const MAX_CONNECTIONS_IN_VAIN = 8;

/** Answers why it stopped, which is of interest where a parcel is still open. */
async function putOverConnections(
  parcels: readonly Parcel[],
  deadline: number,
  { elapsedMs, ...parts }: PutSetting,
): Promise<BrokerError> {
  const { link, receiptTimeout } = parts;
  const left = () => deadline - receiptTimeout - elapsedMs();
  const context = { ...parts, tally: newTally(), hasTime: () => left() > 0 };
  let fault = new BrokerError('BROKER_CONNECTION_LOST');
  for (let inVain = 0; inVain < MAX_CONNECTIONS_IN_VAIN && parcels.some(isOpen);) {
    const known = knowledgeOf(parcels);
    const session = await sessionOrFault(link, left());
    if (session instanceof BrokerError) return session;
    const end = await putOver(parcels, { ...context, session });
    if (end === undefined) break;
    fault = end.fault;
    link.trouble(fault);
    if (end.giveUp) break;
    // Nothing of a connection that is in doubt may come late.
    session.destroy(fault);
    inVain = knowledgeOf(parcels) > known ? 0 : inVain + 1;
  }
  return fault;
}

/** Grows with each parcel that is settled, and with each sign that one is at fault. */
function knowledgeOf(parcels: readonly Parcel[]): number {
  return parcels.reduce((known, { outcome, strays }) => known + strays + (outcome === undefined ? 0 : 1), 0);
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
  if (limit <= 0) return new BrokerError('BROKER_PUT_TIMEOUT');
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

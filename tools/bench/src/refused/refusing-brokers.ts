/** A scripted broker that refuses some rows by an ERROR, with a receipt id where the row asked for a receipt. */
interface RefusingBroker {
  readonly title: string;
  /** It refuses each row whose id this divides. */
  readonly every: number;
  /** Whether it closes the connection after an ERROR, as STOMP demands; ActiveMQ Classic as a rule does not. */
  readonly closes: boolean;
  /** This part of the rows is enough, so that a run ends in time. */
  readonly share: number;
}

const REFUSING_BROKERS = {
  all: { title: 'each row', every: 1, closes: false, share: 0.5 },
  tenth: { title: 'each tenth row', every: 10, closes: false, share: 0.5 },
  hundredth: { title: 'each hundredth row', every: 100, closes: false, share: 0.5 },
  allClosing: { title: 'each row, and closes the connection', every: 1, closes: true, share: 0.05 },
  tenthClosing: { title: 'each tenth row, and closes the connection', every: 10, closes: true, share: 0.05 },
} as const satisfies Record<string, RefusingBroker>;

export type RefusingBrokerName = keyof typeof REFUSING_BROKERS;

export const REFUSING_BROKER_NAMES = Object.keys(REFUSING_BROKERS) as RefusingBrokerName[];

export function refusingBroker(name: RefusingBrokerName): RefusingBroker {
  return REFUSING_BROKERS[name];
}

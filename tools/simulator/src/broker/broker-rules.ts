import type { Frame } from '@comms/stomp-broker';

/** What the two brokers do differently, as measured on the real ones. */
export interface BrokerRules {
  readonly server: string;
  /** Whether repeats are dropped by their id. */
  readonly dropsRepeats: boolean;
  /** Whether a SEND that was refused makes its transaction fail. */
  readonly refusalPoisonsTransaction: boolean;
  /** Whether a message to this destination reaches a consumer. */
  routes(headers: Frame['headers']): boolean;
  readonly full: string;
  readonly notAuthorised: string;
  readonly repeatInTransaction: string;
}

/** A refused SEND leaves the rest of its transaction to be committed; a transaction without room is refused as a whole. */
export const CLASSIC: BrokerRules = {
  server: 'ActiveMQ/5.17.2',
  dropsRepeats: false,
  refusalPoisonsTransaction: false,
  routes: ({ destination }) => destination === '/queue/simulated',
  full: 'javax.jms.ResourceAllocationException: Usage Manager Memory Limit reached',
  notAuthorised: 'User simulator is not authorized to write to: queue://simulated',
  repeatInTransaction: '',
};

/** Without ANYCAST a message is confirmed and goes nowhere; one repeat makes its whole transaction fail. */
export const ARTEMIS: BrokerRules = {
  server: 'ActiveMQ-Artemis/2.56.0 ActiveMQ Artemis Messaging Engine',
  dropsRepeats: true,
  refusalPoisonsTransaction: true,
  routes: (headers) => headers['destination'] === 'simulated' && headers['destination-type'] === 'ANYCAST',
  full: 'AMQ229102: Address "simulated" is full.',
  notAuthorised: 'AMQ229032: User: simulator does not have permission=SEND on address simulated',
  repeatInTransaction: 'AMQ339016: Error commit',
};

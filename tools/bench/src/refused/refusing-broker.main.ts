import { type FrameScript, StompBroker } from '@comms/stomp-broker';
import { refusingBroker, type RefusingBrokerName } from './refusing-brokers.js';

/** Runs one scripted broker. Its arguments are a port and which broker it is. */
const [, , port, name] = process.argv;
const { every, closes } = refusingBroker(name as RefusingBrokerName);
const closed = new Set<number>();

/** A message without an id is no row: the daemon tries the broker with it. */
const refuseRows: FrameScript = ({ headers }, { number }) => {
  if (closed.has(number)) return 'ignore';
  if (!(Number(headers['commsDistributionId']) % every === 0)) return 'handle';
  if (closes) closed.add(number);
  return { refuse: 'no such thing', close: closes };
};

await StompBroker.start({ port: Number(port), onFrame: refuseRows });
process.once('SIGTERM', () => process.exit());
process.send?.('open');

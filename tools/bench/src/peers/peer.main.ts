import { type PeerName, PEERS } from './peers.js';
import { readAccess } from './peer.js';

/** Runs one peer. The benchmark sends messages over the channel that say when to work. */
const peer = await PEERS[process.argv[2] as PeerName](await readAccess());

process.on('message', (word) => {
  // What rejects here ends the process, and so the round.
  if (word === 'prepare') void Promise.resolve(peer.prepare?.()).then(() => process.send?.('prepared'));
  if (word === 'begin') void peer.begin();
  if (word === 'rest') void peer.rest().then(() => process.send?.('at rest'));
});
process.once('SIGTERM', () => process.exit());
process.send?.('open');

import type { OpenPeer } from '../peers/peer.js';
import { openSerialLoop } from './serial-loop.js';

/** The daemon's work on the database alone: claim, announce, record. */
export const openClaimOnly: OpenPeer = (access) => openSerialLoop(access, () => Promise.resolve());

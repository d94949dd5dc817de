export { StompBroker, type StompBrokerOptions } from './stomp-broker.js';
export {
  type FrameScript,
  type RawAnswer,
  type Reaction,
  type Refusal,
  type ScriptedClient,
} from './frame-script.js';
export { encodeFrame, type Frame, FrameSplitter } from './frames.js';
export { type StoredMessage } from './queues.js';

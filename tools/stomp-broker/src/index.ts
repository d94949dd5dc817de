export { StompBroker, type StompBrokerOptions } from './stomp-broker.js';
export {
  type FrameScript,
  type RawAnswer,
  type Reaction,
  type Refusal,
  type ScriptedClient,
} from './frame-script.js';
export { type Frame } from './frame.js';
export { type StoredMessage } from './stored-message.js';

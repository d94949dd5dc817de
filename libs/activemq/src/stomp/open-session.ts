import type { FrameImpl } from '@stomp/stompjs';
import { BrokerError } from '../broker-error.js';
import type { BrokerUrl } from '../broker-url.js';
import type { TransportOptions } from '../transport/transport.js';
import { encodeFrame } from './encode-frame.js';
import type { FrameBuffer } from './frame-buffer.js';
import { FrameStream } from './frame-stream.js';
import { agreedHeartBeat } from './heart-beat.js';
import { connectRefusalOf } from './refusal.js';
import { StompSession } from './stomp-session.js';

export interface SessionOptions extends Omit<TransportOptions, 'listener'> {
  readonly username: string | undefined;
  readonly password: string | undefined;
  /** Milliseconds. */
  readonly heartBeat: number;
}

/** Connects and logs in. Rejects with a BrokerError, or with the reason of the signal. */
export async function openSession(url: BrokerUrl, options: SessionOptions): Promise<StompSession> {
  const { signal } = options;
  const { stream, session } = streamWithSession(options);
  const giveUp = () => {
    stream.destroy(signal.reason as BrokerError);
  };
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    const connected = stream.connect(url, options).then(() => {
      stream.send(connectFrame(url, options));
    });
    const [opened] = await Promise.all([session, connected]);
    return opened;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

/** A stream whose first frame decides whether there is a session. */
function streamWithSession(options: SessionOptions): { stream: FrameStream; session: Promise<StompSession> } {
  let stream!: FrameStream;
  const session = new Promise<StompSession>((resolve, reject) => {
    stream = new FrameStream({
      frame: (frame) => {
        const refusal = whyNoSession(frame);
        if (refusal !== undefined) stream.destroy(refusal);
        else resolve(sessionOn(stream, frame, options));
      },
      lost: (cause) => {
        reject(stream.reads > 0 && UNSPECIFIC_CODES.has(cause.code) ? notStomp(cause) : cause);
      },
    });
  });
  return { stream, session };
}

/** A server that has sent something, but no frame, ends with one of these. */
const UNSPECIFIC_CODES = new Set(['BROKER_CONNECTION_LOST', 'BROKER_TIMEOUT']);

function notStomp(cause: BrokerError): BrokerError {
  return new BrokerError('BROKER_NOT_STOMP', { cause });
}

/** CONNECT is the one frame that is not escaped. The configuration refuses values with line breaks. */
function connectFrame({ host }: BrokerUrl, { username, password, heartBeat }: SessionOptions): FrameBuffer {
  return encodeFrame('CONNECT', {
    'accept-version': '1.2',
    host,
    'heart-beat': `${heartBeat},${heartBeat}`,
    ...(username !== undefined && { login: username }),
    ...(password !== undefined && { passcode: password }),
  });
}

function whyNoSession(frame: FrameImpl): BrokerError | undefined {
  if (frame.command === 'ERROR') return connectRefusalOf(frame);
  if (frame.command !== 'CONNECTED') return new BrokerError('BROKER_NOT_STOMP');
  return frame.headers['version'] === '1.2' ? undefined : new BrokerError('BROKER_VERSION_REFUSED');
}

function sessionOn(stream: FrameStream, { headers }: FrameImpl, { heartBeat }: SessionOptions): StompSession {
  return new StompSession(stream, headers['server'] ?? '', agreedHeartBeat(heartBeat, headers['heart-beat']));
}

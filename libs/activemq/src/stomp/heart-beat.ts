import { FrameBuffer } from './frame-buffer.js';
import type { FrameStream } from './frame-stream.js';

/** What the two sides have agreed on, in milliseconds; 0 means no heart-beats. */
export interface HeartBeat {
  readonly send: number;
  readonly expect: number;
}

/** The heart-beats that follow from our `interval` for both directions and from the broker's `heart-beat` header. */
export function agreedHeartBeat(interval: number, header = '0,0'): HeartBeat {
  const [canSend = 0, wants = 0] = header.split(',').map((text) => Math.max(0, Number(text) || 0));
  return { send: slower(interval, wants), expect: slower(interval, canSend) };
}

/**
 * Sends heart-beats while nothing else is sent, and calls `onSilence` when nothing was received for 2.5 intervals. It counts
 * ticks and not time, because a process that was stalled has not read. Returns a function that stops it.
 */
export function keepBeating(
  stream: FrameStream,
  { send, expect }: HeartBeat,
  onSilence: () => void,
): () => void {
  const stops = [
    send > 0 && every(send / 2, beatWhenIdle(stream)),
    expect > 0 && every(expect / 2, watchForSilence(stream, onSilence)),
  ];
  return () => {
    for (const stop of stops) if (stop !== false) stop();
  };
}

/** Half-intervals without a byte before the broker counts as silent. */
const SILENT_TICKS = 5;

/** STOMP 1.2: no heart-beat where the other side says 0, else the longer of the two intervals. */
function slower(ours: number, theirs: number): number {
  return theirs === 0 ? 0 : Math.max(ours, theirs);
}

const BEAT = new FrameBuffer();
BEAT.addBeat();

function beatWhenIdle(stream: FrameStream): () => void {
  let seen = stream.sends;
  return () => {
    if (stream.sends === seen) stream.send(BEAT);
    seen = stream.sends;
  };
}

function watchForSilence(stream: FrameStream, onSilence: () => void): () => void {
  let seen = stream.reads;
  let silentTicks = 0;
  return () => {
    silentTicks = stream.reads === seen ? silentTicks + 1 : 0;
    seen = stream.reads;
    if (silentTicks === SILENT_TICKS) onSilence();
  };
}

function every(interval: number, action: () => void): () => void {
  const timer = setInterval(action, interval).unref();
  return () => {
    clearInterval(timer);
  };
}

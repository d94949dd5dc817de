import { FrameBuffer } from './frame-buffer.js';
import type { FrameStream } from './frame-stream.js';

/** What two sides have agreed on, in milliseconds; 0 is none. */
export interface HeartBeat {
  readonly send: number;
  readonly expect: number;
}

/** What becomes of our wish to beat and be beaten every `interval`, given the broker's `heart-beat` header. */
export function agreedHeartBeat(interval: number, header = '0,0'): HeartBeat {
  const [canSend = 0, wants = 0] = header.split(',').map((text) => Math.max(0, Number(text) || 0));
  return { send: slower(interval, wants), expect: slower(interval, canSend) };
}

/**
 * Beats while nothing else is sent, and calls `onSilence` when nothing was heard for 2.5 intervals. Ticks are counted,
 * not time: a process that was stalled has not listened. Answers how to stop.
 */
export function keepBeating(
  stream: FrameStream,
  { send, expect }: HeartBeat,
  onSilence: () => void,
): () => void {
  const stops = [
    send > 0 && every(send / 2, beatWhenIdle(stream)),
    expect > 0 && every(expect / 2, listen(stream, onSilence)),
  ];
  return () => {
    for (const stop of stops) if (stop !== false) stop();
  };
}

/** Half-intervals without a sound that are let pass. */
const SILENT_TICKS = 5;

/** STOMP 1.2: no beat where the other side says 0, else the slower wish of the two. */
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

function listen(stream: FrameStream, onSilence: () => void): () => void {
  let seen = stream.hearings;
  let silentTicks = 0;
  return () => {
    silentTicks = stream.hearings === seen ? silentTicks + 1 : 0;
    seen = stream.hearings;
    if (silentTicks === SILENT_TICKS) onSilence();
  };
}

function every(interval: number, action: () => void): () => void {
  const timer = setInterval(action, interval).unref();
  return () => {
    clearInterval(timer);
  };
}

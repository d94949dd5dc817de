/** Both sides' heart-beats of one connection, in milliseconds; 0 is none. */
export interface HeartBeat {
  readonly send: number;
  readonly expect: number;
}

/** Answers a client's `heart-beat` header as a broker does that offers any interval. */
export function agreeOn(header = '0,0'): HeartBeat {
  const [expect = 0, send = 0] = header.split(',').map(Number);
  return { send, expect };
}

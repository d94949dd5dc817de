/** The two brokers differ in how a queue is named and in whether repeats are dropped. */
export type Dialect = 'classic' | 'artemis';

/** Judged by the `server` header of CONNECTED; whoever does not say Artemis is spoken to as Classic. */
export function dialectOf(server: string): Dialect {
  return /artemis/i.test(server) ? 'artemis' : 'classic';
}

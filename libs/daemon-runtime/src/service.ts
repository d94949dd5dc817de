/**
 * The rules of start and stop for all that lives longer than a call: connections, couriers, listeners, watchers of
 * files, the loop itself. It is there to be read: no class implements it by name. What connects at its first use has only
 * `stop`.
 *
 * - Its constructor opens nothing.
 * - `start` returns at once and never throws. What is not available yet is tried again later.
 * - `stop` may come at any time, also before `start` and more than once. It resolves when nothing is left that could
 *   act or keep the process alive. It never rejects.
 * - After `stop` nothing starts again.
 *
 * What makes a service also stops it: first what uses others, then what is used.
 */
export interface Service {
  start(): void;
  stop(): Promise<void>;
}

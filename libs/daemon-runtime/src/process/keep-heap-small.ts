import { setFlagsFromString } from 'node:v8';

/**
 * Has V8 collect the old space when it has grown by three tenths since the last time, and not by a multiple of it. To be
 * called before anything is loaded; V8 looks at the flag at each collection, so it holds though V8 has started already.
 *
 * It buys memory with time: docs/performance.md has the figures. To keep the space for new objects at its first size
 * too (`--semi-space-growth-factor=1`) would save another 33 MiB, and cost a seventh of the rows per second; the image
 * gives it a limit, by a flag that V8 looks at when it starts and never again.
 */
export function keepHeapSmall(): void {
  setFlagsFromString('--heap-growing-percent=30');
}

import type { RereadableSection } from './rereadable-section.js';

/**
 * A loaded configuration class as its secret files stand now, for whoever logs in anew: an operator may replace them
 * while the process runs. Each file is read at each call; one that can't be read or holds what is not allowed leaves its
 * property at the last good value, which `Configuration.secretFiles` tells. Whatever comes from elsewhere stays as it
 * was loaded, and so does an instance that was not loaded.
 */
export function current<T extends object>(instance: T): T {
  return (SECTIONS.get(instance)?.current() ?? instance) as T;
}

/** Lets {@link current} know where a loaded instance came from. */
export function rememberSection(instance: object, section: RereadableSection): void {
  SECTIONS.set(instance, section);
}

const SECTIONS = new WeakMap<object, RereadableSection>();

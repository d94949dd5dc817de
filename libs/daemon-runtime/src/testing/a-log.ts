import { Log, type LogLevel } from '../logging/log.js';

/** A log that keeps its lines. */
export function aLog(level: LogLevel = 'debug') {
  const written: string[] = [];
  const log = new Log({ app: 'push-to-handset', level }, { write: (line) => written.push(line) });
  return {
    log,
    /** The lines up to now, parsed. */
    lines: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
    /** All that was written up to now. */
    text: () => written.join(''),
  };
}

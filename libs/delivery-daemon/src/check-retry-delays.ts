import type { Configuration, Fault } from '@comms/config';
import { ExtractConfig } from './extract.config.js';

/** The check that the first wait between two tries is no longer than the longest. */
export function checkRetryDelays(configuration: Configuration): readonly Fault[] {
  const { initialDelayMs, maxDelayMs } = configuration.get(ExtractConfig);
  if (initialDelayMs <= maxDelayMs) return [];
  return [
    {
      key: configuration.keyOf(ExtractConfig, 'maxDelayMs'),
      problem: `is shorter than ${configuration.keyOf(ExtractConfig, 'initialDelayMs')}`,
    },
  ];
}

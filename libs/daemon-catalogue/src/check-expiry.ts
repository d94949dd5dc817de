import type { Configuration, Fault } from '@comms/config';
import { ExtractConfig, RouteConfig } from '@comms/delivery-daemon';
import { TimeExclusionConfig } from '@comms/distribution-store';

/** The check that messages expire only where the time exclusion is the end of the time in which they may be sent. */
export function checkExpiryMode(configuration: Configuration): readonly Fault[] {
  const { mode } = configuration.get(TimeExclusionConfig);
  if (mode === 'send-before') return [];
  return expiryFault(configuration, `${configuration.keyOf(TimeExclusionConfig, 'mode')}=${mode}`);
}

/** The check that messages expire only on a queue: nobody takes a file away. */
export function checkExpiryRoute(configuration: Configuration): readonly Fault[] {
  const { type } = configuration.get(RouteConfig);
  if (type === 'queue') return [];
  return expiryFault(configuration, `${configuration.keyOf(RouteConfig, 'type')}=${type}`);
}

function expiryFault(configuration: Configuration, beside: string): readonly Fault[] {
  if (!configuration.get(ExtractConfig).expireOnQueue) return [];
  const key = configuration.keyOf(ExtractConfig, 'expireOnQueue');
  return [{ key, problem: `can not be true with ${beside}`, allowed: 'false' }];
}

import type { SourcedText } from './sourced-values.js';

/**
 * Why a variable holds no value for its property but the address that Kubernetes gives to each container for a Service, as
 * in `COMMS_HEALTH_PORT=tcp://10.0.0.1:3000` for a Service `comms-health`; undefined where it does not.
 */
export function kubernetesAddress({ text, variable }: SourcedText): string | undefined {
  if (variable === undefined || !ADDRESS.test(text.trim())) return undefined;
  const [, prefix] = /^(.+)_PORT$/.exec(variable) ?? [];
  if (prefix === undefined) return 'is the address of a Service as Kubernetes writes it';
  const service = prefix.toLowerCase().replaceAll('_', '-');
  return `is what Kubernetes sets for the Service ${service}: rename it, or set enableServiceLinks to false`;
}

const ADDRESS = /^(?:tcp|udp|sctp):\/\/(?:[\d.]+|\[[\da-f:.]+\]):\d+$/i;

import type { SourcedText } from './sources.js';

/**
 * What makes a text certainly a mistake, to be read after it; undefined where nothing does. In a password the same text
 * may be intended, because any character may be part of it. Nothing of the text is quoted.
 */
export function doubtfulText(text: string): string | undefined {
  if (UNEXPANDED.test(text)) {
    return 'holds a variable that was not expanded, ${…} or $(…); properties take no variables, write the value itself';
  }
  return INVISIBLE_CHARACTER.test(text) ? 'holds an invisible character' : undefined;
}

/** As shells, Spring and Kubernetes write variables. */
const UNEXPANDED = /\$\{.*\}|\$\(.*\)/s;

/** Characters that no font draws. Control characters are for each property itself to accept or refuse. */
const INVISIBLE_CHARACTER = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

/**
 * Says that a variable holds an address from Kubernetes instead of a value; undefined where it does not. Kubernetes gives
 * each container the address of each Service: `COMMS_HEALTH_PORT=tcp://10.0.0.1:3000` for a Service `comms-health`.
 */
export function kubernetesAddress({ text, variable }: SourcedText): string | undefined {
  if (variable === undefined || !ADDRESS.test(text.trim())) return undefined;
  const [, prefix] = /^(.+)_PORT$/.exec(variable) ?? [];
  if (prefix === undefined) return 'is the address of a Service as Kubernetes writes it';
  const service = prefix.toLowerCase().replaceAll('_', '-');
  return `is what Kubernetes sets for the Service ${service}: rename it, or set enableServiceLinks to false`;
}

const ADDRESS = /^(?:tcp|udp|sctp):\/\/(?:[\d.]+|\[[\da-f:.]+\]):\d+$/i;

import { allowedText, isAllowed } from './allowed-values.js';
import { type Fault, refuses } from './fault.js';
import { withoutPasswords } from './mask-secret.js';
import { doubtfulText, kubernetesAddress } from './mistaken-text.js';
import { parseValue } from './parse-value.js';
import type { PropertyValue } from './property.js';
import type { SectionProperty } from './section.js';
import type { SourcedText, SourcedValues } from './sources.js';

/** What all sources together make of one property. */
export interface PropertyReading {
  readonly property: SectionProperty;
  readonly source: string;
  /** `undefined` when not set. May be a secret. */
  readonly text: string | undefined;
  /** `undefined` when not set or at fault. */
  readonly value: PropertyValue | undefined;
  /** Whether no fault has been found in the property. */
  readonly sound: boolean;
  /** What this reading found, besides what the sources have reported. Of a sound property it is a warning. */
  readonly fault?: Fault;
}

/** White space around a value is dropped, unless the value is a secret. An empty value is refused. */
export function readProperty(property: SectionProperty, sources: SourcedValues): PropertyReading {
  const sourced = sources.values.get(property.key) ?? defaultOf(property);
  const sound = !sources.faults.some((fault) => fault.key === property.key && refuses(fault));
  if (sourced === undefined) return readUnset(property, sound);
  const text = property.options.secret === true ? sourced.text : sourced.text.trim();
  const reading = { property, source: sourced.source, text, value: undefined, sound };
  if (text === '') return refused(reading, 'is empty');
  const mistake = mistakeIn(property, sourced);
  if (mistake !== undefined) return refusedText(reading, mistake);
  const parsed = parseValue(property.options.type, text);
  if ('problem' in parsed) return refusedText(reading, parsed.problem);
  return isAllowed(property.options, parsed.value)
    ? { ...reading, ...parsed, ...doubtOf(reading) }
    : refusedText(reading, 'is not allowed');
}

/** What is wrong with any text, whatever the type of the property. */
function mistakeIn({ options: { secret } }: SectionProperty, sourced: SourcedText): string | undefined {
  if (secret === true) return undefined;
  const visible = secret === 'url-password' ? withoutPasswords(sourced.text) : sourced.text;
  return kubernetesAddress(sourced) ?? doubtfulText(visible);
}

/** A warning where a secret holds what would be a mistake in any other text. */
function doubtOf({ property, source, text = '' }: PropertyReading): Pick<PropertyReading, 'fault'> {
  const doubt = property.options.secret && doubtfulText(text);
  if (!doubt) return {};
  const problem = `the value ${doubt} (nothing is wrong where that is part of the secret)`;
  return { fault: { key: property.key, source, problem, severity: 'warning' } };
}

/** The reading with a fault on its text, which is shown only where it is no secret. */
export function refusedText(reading: PropertyReading, problem: string): PropertyReading {
  const shown = reading.property.options.secret ? 'the value' : quoted(reading.text ?? '');
  return refused(reading, `${shown} ${problem}`);
}

function defaultOf({ defaultText }: SectionProperty): SourcedText | undefined {
  return defaultText === undefined ? undefined : { text: defaultText, source: 'default' };
}

function readUnset(property: SectionProperty, sound: boolean): PropertyReading {
  const reading = { property, source: 'not set', text: undefined, value: undefined, sound };
  return sound && property.options.required === true ? refused(reading, 'is required') : reading;
}

function refused(reading: PropertyReading, problem: string): PropertyReading {
  const { property, source } = reading;
  return {
    ...reading,
    value: undefined,
    sound: false,
    fault: { key: property.key, source, problem, allowed: allowedText(property.options) },
  };
}

function quoted(text: string): string {
  return text.length > LONGEST_SHOWN ? `"${text.slice(0, LONGEST_SHOWN)}…"` : `"${text}"`;
}

const LONGEST_SHOWN = 80;

import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';

import { allowedText } from './allowed-values.js';
import { Configuration } from './configuration.js';
import { ConfigError, type Fault, refuses } from './fault.js';
import { checkVariables } from './check-variables.js';
import { FaultyFieldError } from './load-section.js';
import { readConfigurationFiles } from './read-configuration-files.js';
import { readEnvironment } from './read-environment.js';
import { RereadableSection, type SecretFileEvents } from './rereadable.js';
import { type Section, sectionProperties } from './section.js';
import type { ProcessInputs, SourcedValues } from './sources.js';

/**
 * Validates a rule over several fields. Each check has one rule: a check that reads a field at fault is left out, so
 * that it never reports what follows from another fault.
 */
export type Check = (configuration: Configuration) => readonly Fault[] | Promise<readonly Fault[]>;

export interface ConfigurationRequest extends Partial<ProcessInputs> {
  readonly sections: readonly Section[];
  /** The keys of all daemons, so that one file can serve them all; a file may hold these and those of `sections`. */
  readonly knownKeys: readonly string[];
  readonly checks?: readonly Check[];
}

/** Either a configuration without a fault, or all its faults. */
export type LoadedConfiguration =
  | (Warned & { readonly configuration: Configuration; readonly faults?: undefined })
  | (Warned & { readonly configuration?: undefined; readonly faults: readonly Fault[] });

interface Warned {
  /** Probable mistakes. They do not keep the program from starting. */
  readonly warnings: readonly Fault[];
}

/**
 * Reads defaults, the files that COMMS_CONFIG names, environment variables and secret files; a later one wins. All
 * sections are validated together. Rejects with a {@link ConfigError} only where the program itself is wrong.
 */
export async function loadConfiguration(request: ConfigurationRequest): Promise<LoadedConfiguration> {
  const { sections, checks = [] } = request;
  refuseTwice(sections);
  const sources = readSources(request);
  const secretFiles: SecretFileEvents = new EventEmitter();
  const { readFile } = inputsOf(request);
  const loaded = sections.map(
    (section) => new RereadableSection(section, { sources, readFile, events: secretFiles }).loaded,
  );
  const configuration = new Configuration(
    loaded.map(({ instance }) => instance),
    loaded.flatMap(({ properties }) => properties),
    secretFiles,
  );
  const found = (await Promise.all(checks.map((check) => runCheck(check, configuration)))).flat();
  const completed = found.map((fault) => ({ ...aboutKey(fault, configuration, sections), ...fault }));
  const all = [...sources.faults, ...loaded.flatMap(({ faults }) => faults), ...completed];
  const [faults, warnings] = [all.filter(refuses), all.filter((fault) => !refuses(fault))];
  return faults.length > 0 ? { faults, warnings } : { configuration, warnings };
}

function refuseTwice(sections: readonly Section[]): void {
  const types = sections.map(({ type }) => type);
  const twice = types.find((type, index) => types.indexOf(type) !== index);
  if (twice) throw new ConfigError('CLASS_LOADED_TWICE', `${twice.name} is in two sections`);
}

function readSources(request: ConfigurationRequest): SourcedValues {
  const inputs = inputsOf(request);
  const keys = new Set(
    request.sections.flatMap((section) => sectionProperties(section).map(({ key }) => key)),
  );
  const knownKeys = new Set([...request.knownKeys, ...keys]);
  const files = readConfigurationFiles(inputs, knownKeys);
  const variables = readEnvironment(inputs, keys);
  return {
    values: new Map([...files.values, ...variables.values]),
    faults: [...files.faults, ...variables.faults, ...checkVariables(inputs, knownKeys)],
  };
}

function inputsOf({
  environment = process.env,
  readFile = readFileSync,
}: ConfigurationRequest): ProcessInputs {
  return { environment, readFile: (path) => readFile(path) };
}

async function runCheck(check: Check, configuration: Configuration): Promise<readonly Fault[]> {
  try {
    return await check(configuration);
  } catch (error) {
    if (error instanceof FaultyFieldError) return [];
    throw error;
  }
}

/** Fills in what a check may leave out: where the value came from, and what its property allows. */
function aboutKey(fault: Fault, { properties }: Configuration, sections: readonly Section[]): Partial<Fault> {
  const { key } = fault;
  const effective = properties.find((each) => each.key === key);
  const declared = sections.flatMap((section) => sectionProperties(section)).find((each) => each.key === key);
  return {
    ...(effective && { source: effective.source }),
    ...(declared && refuses(fault) && { allowed: allowedText(declared.options) }),
  };
}

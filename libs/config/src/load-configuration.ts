import { readFileSync } from 'node:fs';

import { allowedText } from './allowed-text.js';
import { ConfigError } from './config-error.js';
import { Configuration } from './configuration.js';
import { rememberSection } from './current.js';
import { type Fault, refuses } from './fault.js';
import { FaultyFieldError } from './faulty-field-error.js';
import { judgeVariables } from './judge-variables.js';
import { loadSection } from './load-section.js';
import type { ProcessInputs } from './process-inputs.js';
import { readConfigurationFiles } from './read-configuration-files.js';
import { readEnvironment } from './read-environment.js';
import { RereadableSection } from './rereadable-section.js';
import { sectionProperties } from './section-properties.js';
import type { Section } from './section.js';
import type { SourcedValues } from './sourced-values.js';

/**
 * Judges what no single field can tell. One rule a check: a check that reads a field which has a fault of its own
 * is left out, so that it never reports what follows from another fault.
 */
export type Check = (configuration: Configuration) => readonly Fault[] | Promise<readonly Fault[]>;

export interface ConfigurationRequest extends Partial<ProcessInputs> {
  readonly sections: readonly Section[];
  /** The keys of all daemons, so that one file can serve them all; a file may hold these and those of `sections`. */
  readonly knownKeys: readonly string[];
  readonly checks?: readonly Check[];
}

/** Either a configuration that is sound throughout or every fault there is. */
export type LoadedConfiguration =
  | (Warned & { readonly configuration: Configuration; readonly faults?: undefined })
  | (Warned & { readonly configuration?: undefined; readonly faults: readonly Fault[] });

interface Warned {
  /** What is probably a mistake, but refuses nothing. */
  readonly warnings: readonly Fault[];
}

/**
 * Reads defaults, the files that COMMS_CONFIG names, environment variables and secret files, the later winning, and
 * judges all sections together. Rejects with a {@link ConfigError} only where the program itself is wrong.
 */
export async function loadConfiguration(request: ConfigurationRequest): Promise<LoadedConfiguration> {
  const { sections, checks = [] } = request;
  refuseTwice(sections);
  const sources = readSources(request);
  const loaded = sections.map((section) => loadSection(section, sources));
  const instances = loaded.map(({ instance }) => instance);
  const properties = loaded.flatMap((section) => section.properties);
  const configuration = new Configuration(instances, properties);
  const found = (await Promise.all(checks.map((check) => runCheck(check, configuration)))).flat();
  const told = found.map((fault) => ({ ...aboutKey(fault, configuration, sections), ...fault }));
  const all = [...sources.faults, ...loaded.flatMap((section) => section.faults), ...told];
  const [faults, warnings] = [all.filter(refuses), all.filter((fault) => !refuses(fault))];
  if (faults.length > 0) return { faults, warnings };
  makeRereadable(request, { configuration, sources });
  return { configuration, warnings };
}

function refuseTwice(sections: readonly Section[]): void {
  const types = sections.map(({ type }) => type);
  const twice = types.find((type, index) => types.indexOf(type) !== index);
  if (twice) throw new ConfigError('CLASS_LOADED_TWICE', `${twice.name} stands in two sections`);
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
    faults: [...files.faults, ...variables.faults, ...judgeVariables(inputs, knownKeys)],
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

/** What a check may leave unsaid: where the value came from, and what its property allows. */
function aboutKey(fault: Fault, { properties }: Configuration, sections: readonly Section[]): Partial<Fault> {
  const { key } = fault;
  const effective = properties.find((each) => each.key === key);
  const declared = sections.flatMap((section) => sectionProperties(section)).find((each) => each.key === key);
  return {
    ...(effective && { source: effective.source }),
    ...(declared && refuses(fault) && { allowed: allowedText(declared.options) }),
  };
}

function makeRereadable(request: ConfigurationRequest, { configuration, sources }: Loaded): void {
  const { readFile } = inputsOf(request);
  const { values } = sources;
  const { secretFiles: events } = configuration;
  for (const section of request.sections) {
    const instance = configuration.get(section.type);
    rememberSection(instance, new RereadableSection(instance, { section, values, events, readFile }));
  }
}

interface Loaded {
  readonly configuration: Configuration;
  readonly sources: SourcedValues;
}

export { alternatives } from './allowed-values.js';
export { Configuration, type EffectiveProperty } from './configuration.js';
export { ConfigurationModule } from './configuration.module.js';
export { describeProperties, type PropertyDescription } from './describe-properties.js';
export { ConfigError, type ConfigErrorCode, type Fault } from './fault.js';
export { hostProblem } from './host-problem.js';
export {
  type Check,
  type ConfigurationRequest,
  loadConfiguration,
  type LoadedConfiguration,
} from './load-configuration.js';
export { parseDuration, type Parsed } from './parse-value.js';
export {
  CheckedBy,
  Property,
  type PropertyOptions,
  type PropertyType,
  type PropertyValue,
} from './property.js';
export { renderFaults, renderProperties } from './render.js';
export { SECRET_FILE_CODES } from './rereadable.js';
export { type ConfigurationClass, RereadableConfig, type Section } from './section.js';

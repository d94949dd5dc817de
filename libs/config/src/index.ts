export { CheckedBy } from './checked-by.js';
export { ConfigError, type ConfigErrorCode } from './config-error.js';
export { Configuration, type EffectiveProperty } from './configuration.js';
export { ConfigurationModule } from './configuration.module.js';
export { current } from './current.js';
export { describeProperties, type PropertyDescription } from './describe-properties.js';
export { type Fault } from './fault.js';
export { hostProblem } from './host-problem.js';
export {
  type Check,
  type ConfigurationRequest,
  loadConfiguration,
  type LoadedConfiguration,
} from './load-configuration.js';
export { parseDuration } from './parse-duration.js';
export { type Parsed } from './parsed.js';
export { Property } from './property.js';
export { type PropertyOptions, type PropertyType, type PropertyValue } from './property-options.js';
export { renderFaults } from './render-faults.js';
export { renderProperties } from './render-properties.js';
export { type ConfigurationClass, type Section } from './section.js';

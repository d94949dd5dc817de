export { ConfigError, type ConfigErrorCode } from './config-error.js';
export { Configuration, type EffectiveProperty } from './configuration.js';
export { type Fault } from './fault.js';
export { type Check } from './load-configuration.js';
export { Property } from './property.js';
export { type PropertyOptions, type PropertyType, type PropertyValue } from './property-options.js';
export { type ConfigurationClass, type Section } from './section.js';

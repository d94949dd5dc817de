export { aConfig } from './a-config.js';
export { aConfiguration } from './a-configuration.js';
export { type FakeFile, fakeFiles } from './fake-files.js';

export { aLog } from './a-log.js';
export { aRuntime } from './a-runtime.js';
export { eventually } from './eventually.js';
export { FakeClock } from './fake-clock.js';
export { startFromSource } from './start-from-source.js';

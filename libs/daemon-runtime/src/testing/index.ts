export { aLog } from './a-log.js';
export { eventually } from './eventually.js';
export { FakeClock } from './fake-clock.js';
export { startFromSource } from './start-from-source.js';

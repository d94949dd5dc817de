export { aDistribution } from './a-distribution.js';

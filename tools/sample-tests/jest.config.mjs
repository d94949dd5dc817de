import { resolve } from 'node:path';
import root from '../../jest.config.mjs';

const rootDir = resolve(import.meta.dirname, '../..');
const endToEnd = root.projects.find(({ displayName }) => displayName === 'e2e');

/** The sample consumers: as the end-to-end suites, and never a part of them. */
export default {
  rootDir,
  projects: [
    { ...endToEnd, rootDir, displayName: 'samples', testMatch: ['**/tools/sample-tests/cases/*.spec.ts'] },
  ],
};

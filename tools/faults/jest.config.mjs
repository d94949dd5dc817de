import { resolve } from 'node:path';
import root from '../../jest.config.mjs';

const rootDir = resolve(import.meta.dirname, '../..');
const endToEnd = root.projects.find(({ displayName }) => displayName === 'e2e');

/** The fault suite: as the end-to-end suites, and never a part of them. */
export default {
  rootDir,
  reporters: root.reporters,
  projects: [{ ...endToEnd, rootDir, displayName: 'faults', testMatch: ['**/faults/**/*.fault.spec.ts'] }],
};

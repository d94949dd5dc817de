import { resolve } from 'node:path';
import root from '../../jest.config.mjs';

const rootDir = resolve(import.meta.dirname, '../..');
const unit = root.projects.find(({ displayName }) => displayName === 'unit');

/** The proof on a real API server, which takes minutes to build the first time: never a part of the other suites. */
export default {
  rootDir,
  reporters: root.reporters,
  projects: [
    { ...unit, rootDir, displayName: 'apiserver', testMatch: ['**/tools/chart/apiserver/**/*.spec.ts'] },
  ],
};

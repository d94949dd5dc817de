/** Unit, integration, end-to-end and chart suites; all run the TypeScript sources as ES modules. */
const suite = (displayName, testMatch, testPathIgnorePatterns = []) => ({
  displayName,
  testMatch,
  testPathIgnorePatterns: ['/node_modules/', '/dist/', ...testPathIgnorePatterns],
  modulePathIgnorePatterns: ['/dist/'],
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@comms/source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
});

/** Ends whatever servers the suites asked for; starts none by itself. */
const onServers = {
  globalSetup: '<rootDir>/tools/test-servers/global-setup.mjs',
  globalTeardown: '<rootDir>/tools/test-servers/global-teardown.mjs',
};

export default {
  /** Two on a machine of any size: the suites share the servers of the run, and have limits of time. */
  maxWorkers: 2,
  /**
   * A worker keeps the modules of each suite that it has run, and one with hundreds of megabytes takes longer to exit than
   * the half second that Jest allows. Above this much it is replaced.
   */
  workerIdleMemoryLimit: '350MB',
  reporters: ['default', '<rootDir>/tools/test-servers/nothing-ran.mjs'],
  /** For suites on servers, on a machine that is busy; those that need longer say so themselves. */
  testTimeout: 60_000,
  projects: [
    suite('unit', ['**/src/**/*.spec.ts'], ['\\.int\\.spec\\.ts$']),
    { ...suite('int', ['**/src/**/*.int.spec.ts']), ...onServers },
    { ...suite('e2e', ['**/e2e/**/*.spec.ts'], ['/tools/chart/']), ...onServers },
    { ...suite('chart', ['**/tools/chart/e2e/**/*.spec.ts']), ...onServers },
  ],
};

import nx from '@nx/eslint-plugin';
import prettier from 'eslint-config-prettier';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const FRAMEWORKS_AND_DRIVERS = [
  '@nestjs/*',
  'typeorm',
  'pg',
  'ws',
  '@stomp/*',
  'class-validator',
  'pino',
  'prom-client',
  'rxjs',
];

const depConstraints = [
  {
    sourceTag: 'type:domain',
    onlyDependOnLibsWithTags: ['type:domain'],
    bannedExternalImports: FRAMEWORKS_AND_DRIVERS,
  },
  {
    sourceTag: 'type:application',
    onlyDependOnLibsWithTags: ['type:domain'],
    bannedExternalImports: FRAMEWORKS_AND_DRIVERS,
  },
  { sourceTag: 'type:platform', onlyDependOnLibsWithTags: ['type:platform'] },
  {
    sourceTag: 'type:adapter',
    onlyDependOnLibsWithTags: ['type:application', 'type:domain', 'type:platform'],
  },
  {
    sourceTag: 'type:composition',
    onlyDependOnLibsWithTags: ['type:adapter', 'type:application', 'type:domain', 'type:platform'],
  },
  {
    sourceTag: 'type:app',
    onlyDependOnLibsWithTags: [
      'type:composition',
      'type:adapter',
      'type:application',
      'type:domain',
      'type:platform',
    ],
  },
  { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['*'] },
];

/** Tests may also use the tools, and the testing door of any library that their own may import. */
const depConstraintsOfTests = depConstraints.map((constraint) => ({
  ...constraint,
  onlyDependOnLibsWithTags: [...constraint.onlyDependOnLibsWithTags, 'type:tool'],
}));

const boundaries = (constraints) => [
  'error',
  { enforceBuildableLibDependency: true, banTransitiveDependencies: false, depConstraints: constraints },
];

export default defineConfig(
  globalIgnores(['**/dist/', '**/node_modules/', '.nx/']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(depConstraints),
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      'max-lines': ['error', { max: 250 }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', { max: 3 }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only libs/config reads the environment.' },
      ],
    },
  },
  {
    files: ['libs/config/src/**/*.ts', 'tools/**/*.ts', '**/*.spec.ts', '**/e2e/**/*.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['**/*.spec.ts', '**/testing/**/*.ts', '**/e2e/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': boundaries(depConstraintsOfTests),
      'max-lines': 'off',
      'max-lines-per-function': 'off',
    },
  },
  prettier,
);

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from './generated-files.js';

const CHART = 'k8s/chart';

const files = await generatedFiles(CHART);
for (const [path, text] of Object.entries(files)) {
  const file = join(CHART, path);
  if (!process.argv.includes('--check')) {
    writeFileSync(file, text);
    console.log(`${file} written`);
  } else if (existsSync(file) && readFileSync(file, 'utf8') === text) {
    console.log(`${file} is fresh`);
  } else {
    console.error(
      `${file} is not what the configuration classes and values.yaml say: run npm run docs:generate`,
    );
    process.exitCode = 1;
  }
}

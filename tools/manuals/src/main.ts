import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { generatedFiles } from './generated-files.js';

const isCheck = process.argv.includes('--check');

for (const [file, text] of Object.entries(await generatedFiles())) {
  if (!isCheck) {
    writeFileSync(file, text);
    console.log(`${file} written`);
  } else if (existsSync(file) && readFileSync(file, 'utf8') === text) {
    console.log(`${file} is fresh`);
  } else {
    console.error(`${file} is not what its sources say: run npm run docs:generate`);
    process.exitCode = 1;
  }
}

import { parseArguments, USAGE } from './parse-arguments.js';
import { runToEnd } from './run-to-end.js';

const EXIT_CODE_USAGE = 64;

const asked = parseArguments(process.argv.slice(2));
if ('options' in asked) {
  process.exitCode = await runToEnd(asked.options);
} else if ('help' in asked) {
  process.stdout.write(`${USAGE}\n`);
} else {
  process.stderr.write(`bench: ${asked.fault}\n\n${USAGE}\n`);
  process.exitCode = EXIT_CODE_USAGE;
}

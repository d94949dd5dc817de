import { main } from '@comms/kit';
import { parseArguments, USAGE } from './parse-arguments.js';
import { runToEnd } from './run-to-end.js';

await main({ name: 'demo', usage: USAGE, parse: parseArguments, run: runToEnd });

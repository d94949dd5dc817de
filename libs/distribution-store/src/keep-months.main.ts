import { keepMonthsCommand } from './months/keep-months-command.js';

process.exitCode = await keepMonthsCommand(process.argv.slice(2));

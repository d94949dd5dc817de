import { migrateCommand } from './migrate/migrate-command.js';

process.exitCode = await migrateCommand();

import { configurationOf } from '@comms/daemon-catalogue';
import { runDaemon } from '@comms/daemon-runtime';
import { AppModule } from './app.module.js';

await runDaemon({ ...configurationOf('sms-to-handset'), module: AppModule });

import { configurationOf } from '@comms/daemon-catalogue';
import type { DaemonDefinition } from '@comms/daemon-runtime';
import { AppModule } from './app.module.js';

export const daemon: DaemonDefinition = { ...configurationOf('sms-to-handset'), module: AppModule };

import { startDaemon } from '@comms/daemon-runtime/start';

await startDaemon(() => import('./app.module.js'));

import { startDaemon } from '@comms/daemon-runtime/start';

await startDaemon(() => import('./daemon.js'));

import { startDaemon } from '../../process/start-daemon.js';

await startDaemon(() => import('./daemon.js'));

export { type Bounds, checkTotalQueue } from './check-total-queue.js';
export { FaultStage, SOON } from './fault-stage.js';
export { FaultProxy } from './proxy/fault-proxy.js';
export { type TotalQueue, totalQueue } from './total-queue.js';

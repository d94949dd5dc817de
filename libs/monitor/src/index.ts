export { type MonitorReport, monitorPass } from './monitor-pass.js';
export { MONITOR_TASKS, type MonitorStore, type MonitorTask } from './monitor-store.js';

export { MONITOR_TASKS, type MonitorStore, type MonitorTask } from './monitor-store.js';

export { MonitorConfig } from './monitor.config.js';
export { MonitorDaemonModule, type MonitorDaemonOptions } from './monitor-daemon.module.js';

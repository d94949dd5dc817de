export { Clock, SystemClock } from './clock.js';
export { Daemon, type DaemonIdentity, type PollReport } from './daemon.js';
export { DaemonRuntimeModule } from './daemon-runtime.module.js';
export { EnvironmentConfig } from './environment.config.js';
export type { Backlog, BacklogCount, BacklogSource } from './health/backlog-source.js';
export type { HealthContributor, Part, PartHealth } from './health/health-contributor.js';
export { HealthConfig } from './health/health.config.js';
export type { HealthReport, HealthStatus, PartReport } from './health/health-report.js';
export type { Cycle, LastError } from './loop/cycles.js';
export { LogConfig } from './logging/log.config.js';
export { type Facts, Log, type LogLevel, type LogOptions } from './logging/log.js';
export { DaemonMetrics } from './metrics/daemon-metrics.js';
export { BackOffConfig, type BackOffLimits, checkBackOff } from './loop/back-off.js';
export {
  type FailedCycle,
  type FinishedCycle,
  type Pacing,
  type Poll,
  Poller,
  type PollerObserver,
  type Trouble,
} from './loop/poller.js';
export type { DaemonDefinition } from './process/daemon-definition.js';
export { EXIT_CODE, type ExitCode } from './process/exit-code.js';
export { ShutdownConfig } from './process/shutdown.config.js';
export { RUNTIME_SECTIONS } from './runtime-sections.js';
export {
  ALLOWED_SCHEDULES,
  IsSchedule,
  parseSchedule,
  type Schedule,
  SCHEDULE_FIELDS,
} from './loop/schedule.js';
export { AppInfo, Runtime } from './runtime.js';
export type { Service } from './service.js';

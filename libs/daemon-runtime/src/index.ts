export { AssembledDaemonModule } from './assembled-daemon.module.js';
export { Clock, SystemClock } from './clock.js';
export {
  type AssembledDaemon,
  Daemon,
  type DaemonDefinition,
  type DaemonIdentity,
  type PollReport,
} from './daemon.js';
export { LoopModule } from './loop.module.js';
export { EnvironmentConfig } from './runtime.config.js';
export type { Backlog, BacklogCount, BacklogSource } from './health/backlog.js';
export { HEALTH_CHECK_CODES, type HealthContributor, type Part, type PartHealth } from './health/part.js';
export { HealthConfig } from './runtime.config.js';
export type { HealthReport, HealthStatus, PartReport } from './health/health-report.js';
export type { Cycle, LastError } from './loop/cycle-recorder.js';
export { LogConfig } from './runtime.config.js';
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
export { HEALTH_PORT_CODES } from './process/health-port-error.js';
export { EXIT_CODE, type ExitCode } from './process/process-host.js';
export { ShutdownConfig } from './runtime.config.js';
export { RUNTIME_SECTIONS } from './runtime.config.js';
export {
  ALLOWED_SCHEDULES,
  FOLLOW_UP,
  IsSchedule,
  parseSchedule,
  type Schedule,
  SCHEDULE_FIELDS,
} from './loop/schedule.js';
export { AppInfo, Runtime } from './runtime.js';
export type { Service } from './service.js';

export { AppInfo } from './app-info.js';
export { Clock, SystemClock } from './clock.js';
export { DaemonRuntimeModule } from './daemon-runtime.module.js';
export { EnvironmentConfig } from './environment.config.js';
export {
  type Backlog,
  BACKLOG_SOURCE,
  type BacklogCount,
  type BacklogSource,
} from './health/backlog-source.js';
export {
  HEALTH_CONTRIBUTORS,
  type HealthContributor,
  type Part,
  type PartHealth,
} from './health/health-contributor.js';
export { HealthConfig } from './health/health.config.js';
export type { HealthReport, HealthStatus, PartReport } from './health/health-report.js';
export {
  DAEMON_JOB,
  type DaemonIdentity,
  type DaemonJob,
  type PollReport,
  type Trouble,
} from './job/daemon-job.js';
export { WAKE_UP, type WakeUp } from './job/wake-up.js';
export type { Cycle, LastError } from './job/cycle-record.js';
export { LogConfig } from './logging/log.config.js';
export { type Facts, Log, type LogLevel, type LogOptions } from './logging/log.js';
export { DaemonMetrics } from './metrics/daemon-metrics.js';
export { BackOffConfig, checkBackOff } from './poller/back-off.config.js';
export { type BackOffLimits } from './poller/back-off.js';
export type { FailedCycle, FinishedCycle, PollerObserver } from './poller/poller-observer.js';
export { type Pacing, type Poll, Poller } from './poller/poller.js';
export type { DaemonDefinition } from './process/daemon-definition.js';
export { EXIT_CODE, type ExitCode } from './process/exit-code.js';
export { ShutdownConfig } from './process/shutdown.config.js';
export { RUNTIME_SECTIONS } from './runtime-sections.js';
export { IsSchedule } from './schedule/is-schedule.js';
export { ALLOWED_SCHEDULES, SCHEDULE_FIELDS, parseSchedule, type Schedule } from './schedule/schedule.js';
export { TelemetryModule } from './telemetry.module.js';

import { type Configuration, ConfigurationModule } from '@comms/config';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ScheduleModule } from '@nestjs/schedule';
import { AppInfo } from '../app-info.js';
import { SystemClock } from '../clock.js';
import { DaemonRuntimeModule } from '../daemon-runtime.module.js';
import { endsWithin } from '../ends-within.js';
import { HealthConfig } from '../health/health.config.js';
import { DaemonLoop } from '../job/daemon-loop.js';
import { LogConfig } from '../logging/log.config.js';
import { logSecretFiles } from '../logging/log-secret-files.js';
import { Log } from '../logging/log.js';
import { NestLog } from '../logging/nest-log.js';
import { TelemetryModule } from '../telemetry.module.js';
import { appVersion } from './app-version.js';
import type { DaemonDefinition } from './daemon-definition.js';
import { EXIT_CODE } from './exit-code.js';
import { HealthPortError } from './health-port-error.js';
import type { ProcessHost } from './process-host.js';
import { ShutdownConfig } from './shutdown.config.js';

/** A daemon that runs, from a sound configuration to the end of its process. */
export class DaemonProcess {
  private readonly clock = new SystemClock();
  private readonly info: AppInfo;
  private readonly log: Log;
  private app: NestExpressApplication | undefined;
  private stopping = false;

  constructor(
    private readonly definition: DaemonDefinition,
    private readonly configuration: Configuration,
    private readonly host: ProcessHost,
  ) {
    this.info = new AppInfo(definition.app, appVersion(host.entry));
    this.log = new Log({ app: definition.app, level: configuration.get(LogConfig).level }, host.output);
    logSecretFiles(configuration, this.log);
  }

  /** Resolves when the daemon is at work, or has ended because it could not be. */
  async run(): Promise<void> {
    this.host.onUncaught((error) => {
      this.fail('uncaught error', error);
    });
    this.host.onSignal((signal) => void this.stop(signal));
    try {
      await this.start();
    } catch (error) {
      this.fail('start failed', error);
    }
  }

  /** The job starts last: a daemon whose port is taken touches no row. */
  private async start(): Promise<void> {
    const { host, port } = this.configuration.get(HealthConfig);
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class, but reads a literal.
    const app = await NestFactory.create<NestExpressApplication>(this.rootModule(), {
      abortOnError: false,
      bodyParser: false,
      forceCloseConnections: true,
      logger: new NestLog(this.log),
    });
    app.disable('x-powered-by');
    await (host === undefined ? app.listen(port) : app.listen(port, host)).catch((error: unknown) => {
      throw HealthPortError.from(error, port);
    });
    if (this.stopping) return;
    this.app = app;
    const loop = app.get(DaemonLoop);
    const { enabled, identity, schedule } = loop.job;
    const { version } = this.info;
    this.log.info('started', { version, ...identity, enabled, schedule, port, node: process.version });
    loop.start();
  }

  /** Before the job has started there is nothing to wait for. */
  private async stop(signal: string): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    this.log.info('stopping', { signal });
    const { drainLimitMs } = this.configuration.get(ShutdownConfig);
    const startMs = this.clock.elapsedMs();
    try {
      const closing = this.app?.close() ?? Promise.resolve();
      const closed = await endsWithin(this.clock, drainLimitMs + CLOSING_LIMIT_MS, closing);
      this.log.info('stopped', { closed });
      const usedMs = this.clock.elapsedMs() - startMs;
      this.host.exit(EXIT_CODE.ok, drainLimitMs + CLOSING_LIMIT_MS + LAST_LINES_LIMIT_MS - usedMs);
    } catch (error) {
      this.fail('stop failed', error);
    }
  }

  private fail(event: string, error: unknown): void {
    this.log.fatal(event, {}, error);
    this.host.exit(EXIT_CODE.software);
  }

  private rootModule(): DynamicModule {
    return {
      module: Root,
      imports: [
        ConfigurationModule.forRoot(this.configuration),
        ScheduleModule.forRoot(),
        TelemetryModule.forRoot(this.info, this.log),
        DaemonRuntimeModule.around(this.definition.module),
      ],
    };
  }
}

@Module({})
class Root {}

/** For connections to be closed after the drain; what hangs then ends with the process. */
const CLOSING_LIMIT_MS = 2_500;

/** For the last lines to be read, where the limits before were used up. Both together are the 3 seconds after the drain. */
const LAST_LINES_LIMIT_MS = 500;

import { type Configuration, ConfigurationModule, loadConfiguration } from '@comms/config';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { ScheduleModule } from '@nestjs/schedule';
import { endsWithin, SystemClock } from '../clock.js';
import { LoopModule } from '../loop.module.js';
import { RuntimeModule } from '../runtime.module.js';
import type { DaemonDefinition } from '../daemon.js';
import { Log } from '../logging/log.js';
import { NestLog } from '../logging/nest-log.js';
import { checkBackOff } from '../loop/back-off.js';
import { DaemonLoop } from '../loop/daemon-loop.js';
import { HealthConfig, LogConfig, RUNTIME_SECTIONS, ShutdownConfig } from '../runtime.config.js';
import { AppInfo } from '../runtime.js';
import { appVersion } from './app-version.js';
import type { DaemonCommand } from './arguments.js';
import { HealthPortError } from './health-port-error.js';
import { EXIT_CODE, type ProcessHost } from './process-host.js';
import {
  reportFaults,
  reportProperties,
  reportSound,
  type SoundConfiguration,
} from './report-configuration.js';

/**
 * Does what the arguments ask for. Faults in the configuration go to standard error, one line each, and so do warnings; a
 * daemon that starts logs its warnings.
 */
export async function runDaemon(
  definition: DaemonDefinition,
  command: LoadedCommand,
  host: ProcessHost,
): Promise<void> {
  try {
    const loaded = await loadConfiguration(withRuntime(definition));
    if (loaded.faults) reportFaults(host, [...loaded.faults, ...loaded.warnings]);
    else await COMMANDS[command](host, loaded, definition);
  } catch (error) {
    new Log({ app: definition.app, level: 'fatal' }, host.output).fatal('daemon failed', {}, error);
    host.exit(EXIT_CODE.software);
  }
}

function withRuntime(definition: DaemonDefinition): DaemonDefinition {
  const { checks = [], sections } = definition;
  return { ...definition, sections: [...sections, ...RUNTIME_SECTIONS], checks: [...checks, checkBackOff] };
}

/** The commands that need the configuration. */
type LoadedCommand = Exclude<DaemonCommand, 'help'>;

type Command = (
  host: ProcessHost,
  sound: SoundConfiguration,
  definition: DaemonDefinition,
) => Promise<void> | void;

const COMMANDS: Record<LoadedCommand, Command> = {
  'check-config': reportSound,
  'print-config': reportProperties,
  run(host, { configuration, warnings }, definition) {
    const log = new Log({ app: definition.app, level: configuration.get(LogConfig).level }, host.output);
    for (const { key, source, problem, nearest } of warnings) {
      log.warn('configuration doubtful', { key, source, problem, nearest });
    }
    return new DaemonProcess(definition, configuration, host).run();
  },
};

/** A daemon that runs, from a sound configuration to the end of its process. */
class DaemonProcess {
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

  /** Resolves when the daemon is at work, or has ended because it could not start. */
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

  /** The loop starts last: a daemon whose port is taken touches no row. */
  private async start(): Promise<void> {
    const { host: address, port } = this.configuration.get(HealthConfig);
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares its options as a class, but reads a literal.
    const app = await NestFactory.create<NestExpressApplication>(this.rootModule(), {
      abortOnError: false,
      bodyParser: false,
      forceCloseConnections: true,
      logger: new NestLog(this.log),
    });
    app.disable('x-powered-by');
    await (address === undefined ? app.listen(port) : app.listen(port, address)).catch((error: unknown) => {
      throw HealthPortError.from(error, port);
    });
    if (this.stopping) return;
    this.app = app;
    const loop = app.get(DaemonLoop);
    const { enabled, identity, schedule } = loop.daemon;
    const { version } = this.info;
    this.log.info('started', { version, ...identity, enabled, schedule, port, node: process.version });
    loop.start();
  }

  /**
   * `close` makes Nest do three things, in this order. `DaemonLoop.beforeApplicationShutdown` drains, while health still
   * answers. The HTTP server closes. `DaemonLoop.onApplicationShutdown` stops the daemon. Before the daemon has started
   * there is nothing to wait for.
   */
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
        RuntimeModule.forRoot(this.info, this.log),
        LoopModule.around(this.definition.module),
      ],
    };
  }
}

@Module({})
class Root {}

/** How long connections may take to close after the drain; one that hangs then ends with the process. */
const CLOSING_LIMIT_MS = 2_500;

/** How long the last log lines may take to be read, where the drain limit and CLOSING_LIMIT_MS are used up. This limit and that one are the 3 seconds after the drain. */
const LAST_LINES_LIMIT_MS = 500;

/** Logs when a secret file that is read again has changed, or can't be used. */
function logSecretFiles({ secretFiles }: Configuration, log: Log): void {
  secretFiles.on('renewed', (secret) => {
    log.info('secret file renewed', { ...secret });
  });
  secretFiles.on('kept', (secret) => {
    log.warn('secret file kept', { ...secret });
  });
}

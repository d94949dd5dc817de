import {
  type Configuration,
  type Fault,
  loadConfiguration,
  renderFaults,
  renderProperties,
} from '@comms/config';
import { LogConfig } from '../logging/log.config.js';
import { Log } from '../logging/log.js';
import { checkBackOff } from '../poller/back-off.config.js';
import { RUNTIME_SECTIONS } from '../runtime-sections.js';
import type { DaemonCommand } from './daemon-command.js';
import type { DaemonDefinition } from './daemon-definition.js';
import { DaemonProcess } from './daemon-process.js';
import { EXIT_CODE } from './exit-code.js';
import type { ProcessHost } from './process-host.js';

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
    if (loaded.faults) refuse(host, renderFaults([...loaded.faults, ...loaded.warnings]));
    else await COMMANDS[command](host, loaded, definition);
  } catch (error) {
    new Log({ app: definition.app, level: 'fatal' }).fatal('daemon failed', {}, error);
    host.exit(EXIT_CODE.software);
  }
}

function withRuntime(definition: DaemonDefinition): DaemonDefinition {
  const { checks = [], sections } = definition;
  return { ...definition, sections: [...sections, ...RUNTIME_SECTIONS], checks: [...checks, checkBackOff] };
}

function refuse(host: ProcessHost, faults: string): void {
  host.printError(faults);
  host.exit(EXIT_CODE.config);
}

/** The commands that need the configuration. */
type LoadedCommand = Exclude<DaemonCommand, 'help'>;

interface SoundConfiguration {
  readonly configuration: Configuration;
  readonly warnings: readonly Fault[];
}

type Command = (
  host: ProcessHost,
  sound: SoundConfiguration,
  definition: DaemonDefinition,
) => Promise<void> | void;

const COMMANDS: Record<LoadedCommand, Command> = {
  'check-config'(host, { warnings }) {
    host.printError(renderFaults(warnings));
    host.printOut('The configuration is sound.\n');
    host.exit(EXIT_CODE.ok);
  },
  'print-config'(host, { configuration, warnings }) {
    host.printError(renderFaults(warnings));
    host.printOut(renderProperties(configuration));
    host.exit(EXIT_CODE.ok);
  },
  run(host, { configuration, warnings }, definition) {
    const log = new Log({ app: definition.app, level: configuration.get(LogConfig).level });
    for (const { key, source, problem, nearest } of warnings) {
      log.warn('configuration doubtful', { key, source, problem, nearest });
    }
    return new DaemonProcess(definition, configuration, host).run();
  },
};

import { type Configuration, loadConfiguration, renderFaults, renderProperties } from '@comms/config';
import { Log } from '../logging/log.js';
import { checkBackOff } from '../poller/back-off.config.js';
import { RUNTIME_SECTIONS } from '../runtime-sections.js';
import { type DaemonCommand, parseArguments } from './daemon-command.js';
import type { DaemonDefinition } from './daemon-definition.js';
import { DaemonProcess } from './daemon-process.js';
import { EXIT_CODE } from './exit-code.js';
import { nodeProcess, type ProcessHost } from './process-host.js';

/**
 * The whole life of a daemon's process. Its arguments are `--check-config`, which tells whether the configuration is
 * sound, `--print-config`, which prints each property with its source, or none, which runs the daemon until SIGTERM or
 * SIGINT. It ends with one of {@link EXIT_CODE}; faults in the configuration go to standard error, one line each.
 */
export async function runDaemon(
  definition: DaemonDefinition,
  host: ProcessHost = nodeProcess(),
): Promise<void> {
  const asked = parseArguments(host.args);
  if ('problem' in asked) {
    refuse(host, `${definition.app}: ${asked.problem}\n`);
    return;
  }
  try {
    const loaded = await loadConfiguration(withRuntime(definition));
    if (loaded.faults) refuse(host, renderFaults(loaded.faults));
    else await COMMANDS[asked.command](host, loaded.configuration, definition);
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

type Command = (
  host: ProcessHost,
  configuration: Configuration,
  definition: DaemonDefinition,
) => Promise<void> | void;

const COMMANDS: Record<DaemonCommand, Command> = {
  'check-config'(host) {
    host.printOut('The configuration is sound.\n');
    host.exit(EXIT_CODE.ok);
  },
  'print-config'(host, configuration) {
    host.printOut(renderProperties(configuration));
    host.exit(EXIT_CODE.ok);
  },
  run: (host, configuration, definition) => new DaemonProcess(definition, configuration, host).run(),
};

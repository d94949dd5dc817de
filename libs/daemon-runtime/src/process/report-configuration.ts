import { type Configuration, type Fault, renderFaults, renderProperties } from '@comms/config';
import { EXIT_CODE, type ProcessHost } from './process-host.js';

/** A configuration that a daemon may start with. */
export interface SoundConfiguration {
  readonly configuration: Configuration;
  readonly warnings: readonly Fault[];
}

/** Prints why the daemon does not start, and ends the process. */
export function reportFaults(host: ProcessHost, faults: readonly Fault[]): void {
  host.printError(renderFaults(faults));
  host.exit(EXIT_CODE.config);
}

/** Does `--check-config`, and ends the process. */
export function reportSound(host: ProcessHost, { warnings }: SoundConfiguration): void {
  host.printError(renderFaults(warnings));
  host.output.write('The configuration is sound.\n');
  host.exit(EXIT_CODE.ok);
}

/** Does `--print-config`, and ends the process. */
export function reportProperties(host: ProcessHost, { configuration, warnings }: SoundConfiguration): void {
  host.printError(renderFaults(warnings));
  host.output.write(renderProperties(configuration));
  host.exit(EXIT_CODE.ok);
}

import type { ConfigurationRequest } from '@comms/config';
import type { DynamicModule, Type } from '@nestjs/common';

/** One daemon: its name, its module, and its configuration without that of the runtime. */
export interface DaemonDefinition extends ConfigurationRequest {
  /** Such as `push-to-handset`. */
  readonly app: string;
  /** Exports a `Daemon`. */
  readonly module: Type | DynamicModule;
}

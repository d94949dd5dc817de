import { checkBrokerTls, requireBrokerUrl } from '@comms/activemq';
import type { Configuration, Fault } from '@comms/config';
import { RouteConfig } from '@comms/delivery-daemon';
import { FileOutboxConfig, directoryFault } from '@comms/file-outbox';

/** The check that sms-to-handset has what its route needs: a broker for a queue, a usable directory for files. */
export function checkSmsRoute(configuration: Configuration): readonly Fault[] {
  if (configuration.get(RouteConfig).type === 'queue') {
    return [...requireBrokerUrl(configuration), ...checkBrokerTls(configuration)];
  }
  const { dirname } = configuration.get(FileOutboxConfig);
  const problem =
    dirname === undefined
      ? `is required where ${configuration.keyOf(RouteConfig, 'type')} is file`
      : directoryFault(dirname);
  return problem === undefined ? [] : [{ key: configuration.keyOf(FileOutboxConfig, 'dirname'), problem }];
}

import { checkBrokerTls, requireBrokerUrl } from '@comms/activemq';
import type { Configuration, Fault } from '@comms/config';
import { RouteConfig } from '@comms/delivery-daemon';
import { examineDirectory, FileOutboxConfig } from '@comms/file-outbox';

/** The check that sms-to-handset has what its route needs: a broker for a queue, a usable directory for files. */
export async function checkSmsRoute(configuration: Configuration): Promise<readonly Fault[]> {
  if (configuration.get(RouteConfig).type === 'queue') {
    return [...requireBrokerUrl(configuration), ...checkBrokerTls(configuration)];
  }
  const { dirname } = configuration.get(FileOutboxConfig);
  const key = configuration.keyOf(FileOutboxConfig, 'dirname');
  if (dirname === undefined)
    return [{ key, problem: `is required where ${configuration.keyOf(RouteConfig, 'type')} is file` }];
  const findings = await examineDirectory(dirname);
  return findings.map(({ problem, warning }) => ({ key, problem, ...(warning && { severity: 'warning' }) }));
}

import { brokerProperties, type Properties } from '@comms/end-to-end';
import type { Servers } from '../servers/open-servers.js';

export interface Handset {
  readonly queue: string;
  readonly batchSize: number;
  readonly schedule: string;
}

/** The properties of a push-to-handset that is measured. */
export function propertiesOf(
  { databaseUrl, broker }: Pick<Servers, 'databaseUrl' | 'broker'>,
  { queue, batchSize, schedule }: Handset,
): Properties {
  return {
    'comms.datasource.url': databaseUrl,
    ...brokerProperties(broker),
    'comms.health.host': '127.0.0.1',
    'comms.handset.monitor.extract.to.queue': queue,
    'comms.handset.monitor.extract.batch-size': batchSize,
    'comms.handset.monitor.extract.schedule': schedule,
  };
}

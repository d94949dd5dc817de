import type { Runtime } from '@comms/daemon-runtime';
import { Database, DatasourceConfig, type StoreScope, TimeExclusionConfig } from '@comms/distribution-store';

/** The database of a daemon. It is connected to at first use: a daemon starts without it, and health shows that. */
export function databaseOf({ app: { app }, configuration, log }: Runtime): Database {
  return new Database(configuration.get(DatasourceConfig), app, ({ kind, key, ...more }) => {
    if (kind === 'renewed') log.info('tls file renewed', { key });
    else log.warn('tls file kept', { key, ...more });
  });
}

/** Which tables a daemon works on, by which rule of time, and its name for the audit columns. */
export function scopeOf({ app: { app }, configuration }: Runtime): StoreScope {
  const { schema } = configuration.get(DatasourceConfig);
  const { mode } = configuration.get(TimeExclusionConfig);
  return { schema, mode, process: app };
}

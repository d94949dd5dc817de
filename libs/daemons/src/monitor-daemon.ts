import type { AssembledDaemon, Runtime } from '@comms/daemon-runtime';
import { DELIVERY_METHODS } from '@comms/distribution';
import {
  BacklogCounter,
  DatabaseHealth,
  MONITOR_REQUIREMENTS,
  PostgresMonitorStore,
  WakeUpListener,
} from '@comms/distribution-store';
import { databaseOf, scopeOf } from './database.js';
import { MonitorConfig } from './monitor.config.js';
import { monitorPoll } from './monitor-poll.js';

/** The whole of comms-monitor, from its parts: it changes rows in PostgreSQL, and sends nothing. */
export function monitorDaemon(runtime: Runtime): AssembledDaemon {
  const { configuration, log, clock } = runtime;
  const monitor = configuration.get(MonitorConfig);
  const scope = scopeOf(runtime);

  const database = databaseOf(runtime);
  const store = new PostgresMonitorStore(database, {
    ...scope,
    onRefused: (task, id, { code, message: text }) => {
      log.warn('row skipped', { task, id, code, text });
    },
  });
  const wakeUp = new WakeUpListener({ database, channel: 'comms_merged', clock, log });

  return {
    identity: { type: 'Transmission', category: 'Comms', activity: 'Comms Monitor' },
    schedule: monitor.schedule,
    followUp: monitor.followUp,
    enabled: monitor.enabled,
    batchesInHand: 1, // Two passes at a time would only wait for each other.
    parts: [new DatabaseHealth(database, clock, MONITOR_REQUIREMENTS)],
    backlog: new BacklogCounter(database, { ...scope, methods: DELIVERY_METHODS }),
    poll: () => monitorPoll(store, monitor.batchSize),
    start(wake) {
      if (monitor.enabled && monitor.wakeUp) wakeUp.start(wake);
    },
    async stop() {
      await wakeUp.stop();
      await database.stop();
    },
  };
}

import { type PropertyDescription, describeProperties } from '@comms/config';
import { type App, DAEMON_CATALOGUE } from '@comms/daemons';
import { RUNTIME_SECTIONS } from '@comms/daemon-runtime';

/** The properties that each daemon reads. */
export type DaemonProperties = Readonly<Record<App, readonly PropertyDescription[]>>;

/** As the configuration classes declare them. */
export function daemonProperties(): DaemonProperties {
  const entries = Object.entries(DAEMON_CATALOGUE).map(([app, { sections }]) => [
    app,
    describeProperties([...sections, ...RUNTIME_SECTIONS]),
  ]);
  return Object.fromEntries(entries) as DaemonProperties;
}

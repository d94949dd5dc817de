import { type DaemonProperties, propertySchema } from './property-schema.js';
import { daemonFields } from './daemon-fields.js';
import {
  closed,
  type JsonSchema,
  listOf,
  MOUNTS,
  OBJECT,
  oneOf,
  RESOURCES,
  SECRET,
  SWITCH,
  TEXT,
  TEXTS,
  whole,
} from './json-schema.js';

/** The schema of the chart's values: closed, with every property that a configuration class declares, and no other. */
export function valuesSchema(daemons: DaemonProperties): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Values of the comms-distribution chart; generated, do not edit',
    ...closed({
      global: OBJECT,
      ...propertySources(daemons),
      daemonDefaults: closed(daemonFields()),
      daemons: closed(Object.fromEntries(Object.entries(daemons).map(([app, own]) => [app, daemon(own)]))),
      image: closed({
        repository: TEXT,
        tag: TEXT,
        pullPolicy: oneOf('Always', 'IfNotPresent', 'Never'),
        pullSecrets: listOf(closed({ name: TEXT }, ['name'])),
      }),
      ...SURROUNDINGS,
      ...MONITORING,
      nameOverride: TEXT,
      fullnameOverride: TEXT,
    }),
  };
}

type Properties = DaemonProperties[keyof DaemonProperties];

function propertySources(daemons: DaemonProperties): Record<string, JsonSchema> {
  const all = Object.values(daemons).flat();
  return {
    properties: properties(all),
    propertiesFrom: listOf(closed({ name: TEXT, key: TEXT }, ['name', 'key'])),
    secrets: secrets(all),
    mounts: MOUNTS,
  };
}

function daemon(own: Properties): JsonSchema {
  return closed({
    ...daemonFields(),
    properties: properties(own),
    secrets: secrets(own),
    mounts: MOUNTS,
    digest: { type: 'string', pattern: '^(sha256:[0-9a-f]{64})?$' },
  });
}

function properties(known: Properties): JsonSchema {
  return closed(Object.fromEntries(known.map((property) => [property.key, propertySchema(property)])));
}

function secrets(known: Properties): JsonSchema {
  return closed(Object.fromEntries(known.map(({ key }) => [key, SECRET])));
}

const SECRET_OR_NONE: JsonSchema = { anyOf: [SECRET, { type: 'object', maxProperties: 0 }] };

const DATABASE_JOB: Record<string, JsonSchema> = {
  enabled: SWITCH,
  datasourceUrl: SECRET_OR_NONE,
  activeDeadlineSeconds: whole(1),
  backoffLimit: whole(0),
  resources: RESOURCES,
};

const PEERS = closed({ to: listOf(OBJECT), ports: listOf(whole(1, 65_535)) });

const SURROUNDINGS: Record<string, JsonSchema> = {
  migration: closed(DATABASE_JOB),
  months: closed({ ...DATABASE_JOB, schedule: TEXT, timeZone: TEXT, retention: TEXT }),
  serviceAccount: closed({ create: SWITCH, name: TEXT, annotations: TEXTS }),
  autoscalerDatasourceUrl: SECRET_OR_NONE,
  networkPolicy: closed({ enabled: SWITCH, monitoringFrom: listOf(OBJECT), database: PEERS, broker: PEERS }),
};

const DURATION: JsonSchema = { type: 'string', pattern: '^[0-9]+(ms|s|m|h)$' };

const MONITORING: Record<string, JsonSchema> = {
  serviceMonitor: closed({ enabled: SWITCH, interval: DURATION, scrapeTimeout: DURATION, labels: TEXTS }),
  prometheusRule: closed({
    enabled: SWITCH,
    labels: TEXTS,
    runbookUrl: TEXT,
    oldestWaitingSeconds: whole(1),
    failedShare: { type: 'number', minimum: 0, maximum: 1 },
    lapsedRowsPerHour: whole(0),
    noCycleSeconds: whole(60),
  }),
  dashboard: closed({ enabled: SWITCH, labels: TEXTS, annotations: TEXTS }),
};

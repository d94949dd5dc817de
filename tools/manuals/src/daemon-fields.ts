import {
  closed,
  type JsonSchema,
  listOf,
  OBJECT,
  oneOf,
  RESOURCES,
  SWITCH,
  TEXT,
  TEXTS,
  whole,
} from './json-schema.js';

/** The values that all daemons, and each of them, may have besides properties. */
export function daemonFields(): Record<string, JsonSchema> {
  return {
    enabled: SWITCH,
    replicas: whole(0),
    resources: RESOURCES,
    terminationGracePeriodSeconds: whole(1),
    startupProbe: PROBE,
    livenessProbe: PROBE,
    readinessProbe: PROBE,
    outbox: OUTBOX,
    autoscaling: AUTOSCALING,
    podDisruptionBudget: closed({ enabled: SWITCH, maxUnavailable: whole(1) }),
    ...PLACEMENT,
  };
}

/** A response takes up to 2 seconds, and the network adds to it. */
const PROBE = closed({
  initialDelaySeconds: whole(0),
  periodSeconds: whole(1),
  timeoutSeconds: whole(3),
  failureThreshold: whole(1),
});

const OUTBOX = closed({
  enabled: SWITCH,
  path: { type: 'string', pattern: '^/.*[^/]$' },
  existingClaim: TEXT,
  accessMode: oneOf('ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'),
  size: TEXT,
  storageClassName: TEXT,
});

const AUTOSCALING = closed({
  enabled: SWITCH,
  method: oneOf('', 'PUSH', 'SMS', 'EXTERNAL'),
  minReplicas: whole(1),
  maxReplicas: whole(1),
  rowsPerReplica: whole(1),
  pollingInterval: whole(5),
  scaleDownStabilizationSeconds: whole(0, 3_600),
});

const PLACEMENT: Record<string, JsonSchema> = {
  topologySpread: listOf(
    closed(
      {
        topologyKey: TEXT,
        maxSkew: whole(1),
        whenUnsatisfiable: oneOf('ScheduleAnyway', 'DoNotSchedule'),
      },
      ['topologyKey', 'maxSkew', 'whenUnsatisfiable'],
    ),
  ),
  podAnnotations: TEXTS,
  podLabels: TEXTS,
  nodeSelector: TEXTS,
  tolerations: listOf(OBJECT),
  affinity: OBJECT,
  priorityClassName: TEXT,
};

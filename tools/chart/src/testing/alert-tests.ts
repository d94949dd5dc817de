/** A test of promtool: samples over time, and which alerts fire when. */
export interface AlertTest {
  readonly interval: string;
  readonly name: string;
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  readonly alert_rule_test: readonly AlertExpectation[];
}

interface AlertExpectation {
  readonly eval_time: string;
  readonly alertname: string;
  readonly exp_alerts: readonly { readonly exp_labels: Readonly<Record<string, string>> }[];
}

const US = { namespace: 'telecom', release: 'comms', daemon: 'push-to-handset' };

const POD = { pod: 'push-0' };

/** Every alert of the chart with the values of staging, for push-to-handset; one sample every 30 seconds. */
export const ALERT_TESTS: readonly AlertTest[] = [
  {
    name: 'a row that waits for 15 minutes',
    input_series: [series('comms_oldest_waiting_seconds', '900x10 901x30')],
    alert_rule_test: expectations(
      'CommsRowsWaitTooLong',
      { silent: '5m', firing: '11m' },
      {
        severity: 'warning',
        summary: 'The oldest row that push-to-handset may distribute waits for 15m 1s.',
        anchor: 'rows-stay-at-d',
      },
    ),
  },
  {
    name: 'one of twenty rows fails, then one of ten',
    input_series: [
      series('comms_distributions_total', '0+95x100 9500+90x60', { outcome: 'delivered' }),
      series('comms_distributions_total', '0+2x100 200+6x60', { outcome: 'failed' }),
      series('comms_distributions_total', '0+3x100 300+4x60', { outcome: 'retried' }),
    ],
    alert_rule_test: expectations(
      'CommsErrorsRise',
      { silent: '48m', firing: '75m' },
      {
        severity: 'warning',
        summary: '10% of the rows of push-to-handset fail or must be tried again.',
        anchor: 'errors-rising',
      },
    ),
  },
  {
    name: 'rows whose time passes',
    input_series: [series('comms_backlog_rows', '2x130 7x20', { state: 'lapsed' })],
    alert_rule_test: expectations(
      'CommsRowsLapse',
      { silent: '64m', firing: '72m' },
      {
        severity: 'warning',
        summary: 'The time of 5 rows of push-to-handset has passed within an hour; they are not sent.',
        anchor: 'lapsed-rows',
      },
    ),
  },
  {
    name: 'rows that are set aside',
    input_series: [series('comms_set_aside_rows', '0x10 3x50', { method: 'PUSH' })],
    alert_rule_test: expectations(
      'CommsRowsSetAside',
      { silent: '4m', firing: '8m' },
      {
        severity: 'warning',
        summary:
          '3 PUSH rows are set aside until an operator releases them: the database refused to record what became of them.',
        anchor: 'rows-set-aside',
        labels: { method: 'PUSH' },
      },
    ),
  },
  {
    name: 'rows that another program changes',
    input_series: [series('comms_rows_changed_elsewhere_total', '0x20 0+1x40', POD)],
    alert_rule_test: expectations(
      'CommsRowsChangedElsewhere',
      { silent: '9m', firing: '27m' },
      {
        severity: 'warning',
        summary:
          'Another program changed rows of push-to-handset while their messages were in hand; their status may not fit their message.',
        anchor: 'rows-changed-elsewhere',
      },
    ),
  },
  {
    name: 'a backlog that one pod cannot count, then no pod',
    input_series: [
      series('comms_backlog_count_failed', '1x80', POD),
      series('comms_backlog_count_failed', '0x40 1x40', { pod: 'push-1' }),
    ],
    alert_rule_test: expectations(
      'CommsBacklogNotCounted',
      { silent: '19m', firing: '32m' },
      {
        severity: 'warning',
        summary:
          'push-to-handset cannot count its backlog, so the alerts on waiting, lapsed and set aside rows cannot fire.',
        anchor: 'backlog-not-counted',
      },
    ),
  },
  {
    name: 'a log that no one reads',
    input_series: [series('comms_log_lines_dropped_total', '0x20 0+60x40', POD)],
    alert_rule_test: expectations(
      'CommsLogLinesDropped',
      { silent: '9m', firing: '27m' },
      {
        severity: 'warning',
        summary: 'Nobody reads the log of push-0 fast enough: lines were dropped within the last 15 minutes.',
        anchor: 'log-lines-dropped',
        labels: POD,
      },
    ),
  },
  {
    name: 'a broker that has been blocked once and is blocked again',
    input_series: [
      series('comms_broker_events_total', '1x10 2x20', { ...POD, event: 'blocked' }),
      series('comms_broker_events_total', '1x30', { ...POD, event: 'unblocked' }),
    ],
    alert_rule_test: expectations(
      'CommsBrokerBlocked',
      { silent: '4m', firing: '8m' },
      {
        severity: 'critical',
        summary: 'The broker takes the connection of push-0, but confirms nothing.',
        anchor: 'broker-blocked',
        labels: POD,
      },
    ),
  },
  {
    name: 'a broker that has never been unblocked',
    input_series: [series('comms_broker_events_total', '_x10 1x20', { ...POD, event: 'blocked' })],
    alert_rule_test: expectations(
      'CommsBrokerBlocked',
      { silent: '4m', firing: '8m' },
      {
        severity: 'critical',
        summary: 'The broker takes the connection of push-0, but confirms nothing.',
        anchor: 'broker-blocked',
        labels: POD,
      },
    ),
  },
  ...parts(),
  {
    name: 'a loop that has come to a stand, and one that is disabled',
    input_series: [
      series('comms_poll_duration_seconds_count', '0+30x20 600x30', { ...POD, result: 'idle' }),
      series('comms_poll_duration_seconds_count', '0x50', { pod: 'push-1', result: 'idle' }),
    ],
    alert_rule_test: expectations(
      'CommsNoCycles',
      { silent: '14m', firing: '18m' },
      {
        severity: 'critical',
        summary: 'push-0 has looked for no rows in 300 seconds.',
        anchor: 'no-cycles',
        labels: POD,
      },
    ),
  },
  {
    name: 'a failure that holds up one pod, then all of them',
    input_series: [
      series('comms_poller_paused', '1x80', POD),
      series('comms_poller_paused', '0x40 1x40', { pod: 'push-1' }),
    ],
    alert_rule_test: expectations(
      'CommsCyclesFail',
      { silent: '19m', firing: '32m' },
      {
        severity: 'critical',
        summary: 'A failure holds up all pods of push-to-handset; lastError in /health has its code.',
        anchor: 'cycles-fail',
      },
    ),
  },
  {
    name: 'a daemon that is gone',
    input_series: [
      series('comms_build_info', '1x10', { version: '1' }),
      ...['comms-monitor', 'sms-to-handset', 'extract-generic'].map((daemon) =>
        series('comms_build_info', '1x60', { daemon, version: '1' }),
      ),
    ],
    alert_rule_test: expectations(
      'CommsDaemonAbsent',
      { silent: '5m', firing: '20m' },
      {
        severity: 'critical',
        summary: 'No pod of push-to-handset tells its metrics.',
        anchor: 'daemon-absent',
      },
    ),
  },
].map((test) => ({ interval: '30s', ...test }));

type Labels = Readonly<Record<string, string>>;

interface Firing {
  readonly severity: string;
  readonly summary: string;
  readonly anchor: string;
  readonly labels?: Labels;
}

/** When the alert is silent, and when it fires. */
function expectations(
  alertname: string,
  times: { readonly silent: string; readonly firing: string },
  firing: Firing,
) {
  const { severity, summary, anchor, labels } = firing;
  return [
    { alertname, eval_time: times.silent, exp_alerts: [] },
    {
      alertname,
      eval_time: times.firing,
      exp_alerts: [
        {
          exp_labels: { ...US, severity, ...labels },
          exp_annotations: {
            summary,
            runbook_url: `https://example.com/comms-distribution/docs/operations.md#${anchor}`,
          },
        },
      ],
    },
  ];
}

function series(name: string, values: string, labels: Labels = {}) {
  const all = Object.entries({ ...US, ...labels }).map(([key, value]) => `${key}="${value}"`);
  return { series: `${name}{${all.join(',')}}`, values };
}

/** The parts that a daemon depends on, each up and then down. */
function parts() {
  const summaries = [
    [
      'broker',
      'CommsBrokerRefuses',
      'push-to-handset reaches no broker, or no broker accepts its login.',
      'broker-refuses',
    ],
    ['database', 'CommsDatabaseDown', 'push-to-handset cannot work with the database.', 'database-down'],
    ['directory', 'CommsDirectoryDown', 'push-to-handset cannot write to its directory.', 'disk-full'],
  ] as const;
  return summaries.map(([part, alert, summary, anchor]) => ({
    name: `a ${part} that is away`,
    input_series: [series('comms_part_up', '1x10 0x30', { ...POD, part })],
    alert_rule_test: expectations(
      alert,
      { silent: '6m', firing: '12m' },
      { severity: 'critical', summary, anchor },
    ),
  }));
}

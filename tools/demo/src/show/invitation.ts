import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { QUEUES } from '../results/collect-results.js';
import type { OutboundBroker } from '../servers/outbound-broker.js';
import type { RunningDemo } from '../start-demo.js';

/** Commands to copy while the demo is up: what each shows, and the command. */
export function invitation({
  database,
  broker,
  daemons,
  folder,
}: RunningDemo): readonly (readonly [string, string])[] {
  const sms = daemons.find(({ name }) => name === 'sms-to-handset');
  return [
    ['How sms-to-handset is', `curl -s ${sms?.healthUrl ?? ''}`],
    [
      'Its metrics',
      `curl -s ${sms?.healthUrl.replace(/health$/, 'metrics') ?? ''} | grep -E '^comms_(distributions|backlog)'`,
    ],
    ['The rows', sqlCommand(database.urlToShow, SELECT)],
    ['One more SMS', sqlCommand(database.urlToShow, INSERT)],
    ['… and its file, a second or two later', `cat "${folder.sms}/$(ls -t ${folder.sms} | head -1)"`],
    [
      `A consumer takes the encrypted messages, decrypts and prints them; samples/README.md has it in other languages too${loginHint(broker)}`,
      consumerCommand(broker, QUEUES.EXTERNAL, `--keys ${folder.consumerKeys} `),
    ],
    ['The same for the plain messages', consumerCommand(broker, QUEUES.PUSH)],
    ['The configuration of the daemons', `cat ${folder.properties}`],
    ['Their logs', `tail -n 3 ${folder.logs}/*.log`],
  ];
}

/** Another shell does not have the login of this one, and it must not be shown. */
function loginHint({ isOwn }: OutboundBroker): string {
  return isOwn ? '' : '. Set BROKER_USERNAME and BROKER_PASSWORD first, to the login of the broker';
}

/** Reads from the first of the brokers. */
function consumerCommand({ url }: OutboundBroker, queue: string, keys = ''): string {
  const [first = ''] = url.split(',');
  return `node samples/node/consumer.mjs ${first.trim()} ${queue} ${keys}--print`;
}

const SELECT =
  'SELECT delivery_method, distribution_status, count(*) ' +
  'FROM comms_request_target_distribution GROUP BY 1, 2 ORDER BY 1, 2';

const INSERT =
  'INSERT INTO comms_request_target ' +
  '(comms_request_id, comms_code, delivery_method, target, message, merge_date_time) ' +
  "VALUES (1, 'DEMO-HELLO', 'SMS', '+447700900123', 'Hello 👋', now())";

/** With `psql` where there is one, else with the driver of this repository; both to be typed at its root. */
function sqlCommand(url: string, sql: string): string {
  if (isOnPath('psql')) return `psql '${url}' -c "${sql}"`;
  const script = `import pg from 'pg'; const c = new pg.Client('${url}'); await c.connect(); console.table((await c.query(\\"${sql}\\")).rows); await c.end()`;
  return `node --input-type=module -e "${script}"`;
}

function isOnPath(program: string): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

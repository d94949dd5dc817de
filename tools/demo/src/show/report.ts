import { DELIVERY_METHODS } from '@comms/distribution';
import type { RunningDaemon } from '../daemons/daemons.js';
import type { Undelivered } from '../results/demo-rows.js';
import type { Findings } from '../results/find-faults.js';
import { QUEUES } from '../results/collect-results.js';
import { healthOf } from '../daemons/health.js';
import type { Tally } from '../results/outcome.js';
import { outcomeTable } from './outcome-table.js';
import type { EncryptedSample, PlainSample } from './samples.js';
import type { Screen } from './screen.js';
import type { RunningDemo } from '../start-demo.js';

/** Shows, when all comms are through, what became of them. */
export class Report {
  constructor(private readonly screen: Screen) {}

  outcomes(tally: Tally, undelivered: readonly Undelivered[]): void {
    const { screen } = this;
    outcomeTable(tally).forEach((line, i) => {
      screen.line(`  ${i < TABLE_HEAD ? screen.paint('bold', line) : line}`);
    });
    screen.line();
    for (const { outcome, count, code, text, retryAt } of undelivered) {
      const next = retryAt === null ? '' : ` Tried again from ${retryAt.toTimeString().slice(0, 8)} on.`;
      screen.line(`  ${outcome}: ${count} ${code}: ${text}${next}`);
    }
    if (DELIVERY_METHODS.some((method) => tally[method].lapsed > 0)) {
      screen.line('  D, time has passed: their time exclusion is over, so they are never sent.');
    }
  }

  places({ queues, files }: Findings, { broker, folder }: Pick<RunningDemo, 'broker' | 'folder'>): void {
    this.title('Where they lie');
    for (const [queue, { found }] of Object.entries(queues)) {
      this.field(queue, `${found.length} messages${queue === QUEUES.EXTERNAL ? ', encrypted' : ''}`);
    }
    this.field(
      'broker',
      `${broker.url}, ${broker.isOwn ? 'no login' : 'login from COMMS_BROKER_USERNAME, …_PASSWORD'}`,
    );
    this.field('private key', `${folder.consumerKeys}, a JWK set`);
    const [name] = files.found;
    const example = name === undefined ? '' : `, such as ${name}`;
    this.field('SMS files', `${files.found.length} in ${folder.sms}${example}`);
  }

  samples(plain: PlainSample | undefined, encrypted: EncryptedSample | undefined): void {
    if (plain !== undefined) {
      this.title(`A plain message: ${plain.file}`);
      this.block(plain.document);
    }
    if (encrypted === undefined) return;
    const { headers, jwe, document } = encrypted;
    this.title('An encrypted message, as it is on the queue');
    this.block(
      Object.entries(headers)
        .map(([name, value]) => `${name}: ${value}`)
        .join('\n'),
    );
    this.block(`\n${jwe.slice(0, SHOWN_OF_JWE)}… (${jwe.length} characters)`);
    this.title('The same, decrypted here with the private key that only its consumer has');
    this.block(document);
  }

  async daemons(daemons: readonly RunningDaemon[]): Promise<void> {
    this.title('The daemons');
    const states = await Promise.all(daemons.map(({ healthUrl }) => healthOf(healthUrl)));
    daemons.forEach(({ name, pid, healthUrl }, i) => {
      const status = states[i]?.status ?? '';
      const painted = this.screen.paint(status === 'up' ? 'green' : 'red', status);
      this.field(name, `${painted}  ${healthUrl}  process ${pid}`);
    });
  }

  faults(faults: readonly string[]): void {
    this.title('What is wrong');
    for (const fault of faults) this.screen.line(`  ${this.screen.paint('red', fault)}`);
  }

  title(text: string): void {
    this.screen.line();
    this.screen.line(this.screen.paint('bold', text));
  }

  private field(name: string, value: string): void {
    this.screen.line(`  ${name.padEnd(FIELD_WIDTH)}  ${value}`);
  }

  private block(text: string): void {
    for (const line of text.split('\n')) this.screen.line(`  ${line}`);
  }
}

const TABLE_HEAD = 4;
const FIELD_WIDTH = 'comms.external.outbound'.length;
const SHOWN_OF_JWE = 56;

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { countOf, type DistributionRow, distributionRows } from '@comms/daemon-stage';
import { eventually } from '@comms/kit';
import { testArtemis, testClassic } from '@comms/test-servers';
import { checkTotalQueue } from '../src/total-queue.js';
import { FaultStage } from '../src/fault-stage.js';
import { LONG } from '../src/case.js';
import type { Fate } from '../src/proxy/unit.js';

jest.setTimeout(300_000);

const GOOD = LONG ? 20_000 : 2_000;
const BAD = 5;
const TRIES = 3;
const BAD_CODE = 'POISON';
const DRAIN_LIMIT_MS = 200_000;

const classic = await testClassic();
const artemis = LONG ? await testArtemis() : null;
const brokers = [classic, artemis].filter((broker) => broker !== null);

const KINDS: readonly { kind: string; fate: () => Fate | Promise<Fate>; code: string }[] = [
  { kind: 'end every connection', fate: () => 'reset', code: 'MESSAGE_ENDS_CONNECTION' },
  {
    kind: 'are never confirmed',
    fate: () => new Promise<Fate>(() => undefined),
    code: 'MESSAGE_NOT_CONFIRMED',
  },
];

describe.each(brokers)(`${BAD} rows at the head of the queue, on $kind`, (broker) => {
  let faults: FaultStage;
  beforeEach(async () => {
    faults = await FaultStage.open(broker, {
      'comms.handset.monitor.extract.retry.initial-delay': '1m',
      'comms.handset.monitor.extract.retry.max-tries': TRIES,
      'comms.log.level': 'warn',
    });
  });
  afterEach(() => faults.close());

  it.each(KINDS)(
    `that $kind hold up none of the ${GOOD} rows behind them, and become R, then E`,
    async ({ fate, code }) => {
      const marked: boolean[] = [];
      faults.toBroker.rule(({ direction, text }) => {
        if (direction !== 'up' || !text.includes(BAD_CODE)) return undefined;
        marked.push(/possible-?duplicate:true/i.test(text));
        return fate();
      });
      const bad = await faults.insert(BAD, { comms_code: BAD_CODE, priority: 1 });
      await faults.insert(GOOD, { priority: 3 });
      await faults.stage.start('comms-monitor');
      const daemon = await faults.startUp();
      const good = () => countOf(faults.stage.database.client, 'S');

      await eventually('the good rows are sent', good, {
        isIt: (count) => count === GOOD,
        limitMs: DRAIN_LIMIT_MS,
      });
      const tries = (await distributionRows(faults.stage.database.client)).filter(isBad);
      expect(tries.filter(isInThirdTry)).toEqual([]);

      await faults.stage.database.client.query(DUE_NOW);
      await faults.insert(GOOD, { priority: 3 });
      await eventually('those behind later tries are sent', good, (count) => count === 2 * GOOD);

      const failed = async () => {
        await faults.stage.database.client.query(DUE_NOW);
        return countOf(faults.stage.database.client, 'E');
      };
      await eventually('the bad rows are at E', failed, {
        isIt: (count) => count === BAD,
        limitMs: DRAIN_LIMIT_MS,
      });
      const rows = (await distributionRows(faults.stage.database.client)).filter(isBad);
      expect(rows.map((row) => `${row.error_code ?? '-'} ${row.retry_count}`)).toEqual(
        bad.map(() => `${code} ${TRIES}`),
      );
      expect(marked.at(-1)).toBe(true);
      expect((await daemon.health()).broker).toMatchObject({ status: 'up' });
      checkTotalQueue(await faults.judge(), { marked: 2 * GOOD, open: bad });
    },
  );
});

/** So that the case need not wait for the retries. */
const DUE_NOW = `UPDATE comms_request_target_distribution SET retry_date_time = now() WHERE distribution_status = 'R'`;

function isInThirdTry({ retry_count: failed, distribution_status: status }: DistributionRow): boolean {
  return failed > 2 || (failed === 2 && status !== 'R');
}

function isBad({ comms_code: code }: { readonly comms_code: string | null }): boolean {
  return code === BAD_CODE;
}

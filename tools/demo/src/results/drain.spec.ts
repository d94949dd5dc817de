import { describe, expect, it } from '@jest/globals';
import { type SampleComm, sampleComms } from '../comms/sample-comms.js';
import { drain } from './drain.js';
import { type Outcome, type Tally, tallyOf } from './outcome.js';

const comms = sampleComms({ count: 60, firstRequestId: 1000, brokerRefuses: true });

describe('drain', () => {
  it('inserts all comms, and waits until none is at D any more', async () => {
    const { setting, putIn, shown } = setup(({ outcome }, looks) => (looks < 20 ? 'D' : outcome));

    const tally = await drain(comms, setting);

    expect(putIn).toEqual(comms);
    expect(tally).toEqual(
      tallyOf(comms.map(({ comm, outcome }) => ({ method: comm.deliveryMethod, outcome }))),
    );
    expect(shown[0]).toBe('  ░░░░░░░░░░░░░░░░ 0 of 60: 0 delivered, 0 refused, 0 failed, 0 lapsed');
    expect(shown.at(-1)).toMatch(/^ {2}█{16} 60 of 60: 51 delivered, 1 refused, 3 failed, 5 lapsed$/);
  });

  it('waits also for comms that have no row yet', async () => {
    const { setting } = setup(({ outcome }, looks) => (looks < 20 ? undefined : outcome));

    expect(await drain(comms, setting)).toEqual(
      tallyOf(comms.map(({ comm, outcome }) => ({ method: comm.deliveryMethod, outcome }))),
    );
  });

  it('gives up at once when it is asked to', async () => {
    const { setting, abort } = setup(() => 'D');
    const draining = drain(comms, setting);
    abort.abort();

    await expect(draining).rejects.toThrow('aborted');
  });
});

/** Rows whose outcome depends on how often they have been looked at; undefined for none yet. */
function setup(outcomeOf: (comm: SampleComm, looks: number) => Outcome | undefined) {
  const putIn: unknown[] = [];
  const shown: string[] = [];
  const abort = new AbortController();
  let looks = 0;
  const tally = (): Promise<Tally> => {
    looks += 1;
    const rows = comms.slice(0, putIn.length).flatMap((sample) => {
      const outcome = outcomeOf(sample, looks);
      return outcome === undefined ? [] : [{ method: sample.comm.deliveryMethod, outcome }];
    });
    return Promise.resolve(tallyOf(rows));
  };
  const setting = {
    upstream: {
      putIn: (portion: readonly unknown[]) => {
        putIn.push(...portion);
        return Promise.resolve();
      },
    },
    rows: { tally },
    screen: { progress: (text: string) => shown.push(text) },
    signal: abort.signal,
  };
  return { setting, putIn, shown, abort };
}

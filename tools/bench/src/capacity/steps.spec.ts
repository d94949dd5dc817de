import { describe, expect, it } from '@jest/globals';
import { type MeasureStep, measureSteps, type StepName } from './steps.js';

describe('measureSteps', () => {
  it('takes each portion through all steps before the next one, and all is on disk at the end', async () => {
    const { round, done } = setup(25_000);

    await round();

    const portions = [10_000, 10_000, 5_000].flatMap((comms) =>
      ['target', 'entry', 'delivery', 'vacuum'].map((name) => `${name} ${comms}`),
    );
    expect(done).toEqual([...portions, 'checkpoint']);
  });

  it('adds up what the portions took, and counts the checkpoint as vacuum', async () => {
    const costs = await setup(20_000).round();

    expect(costs.entry).toEqual({ milliseconds: 2, cpuMs: 4, walBytes: 6 });
    expect(costs.vacuum).toEqual({ milliseconds: 3, cpuMs: 6, walBytes: 9 });
  });

  it('ends when it is asked to', async () => {
    const reason = new Error('asked to');

    await expect(setup(10_000).round(AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

function setup(comms: number) {
  const done: string[] = [];
  const step = (name: StepName) => (portion: number) => {
    done.push(`${name} ${portion}`);
    return Promise.resolve();
  };
  const steps = {
    target: step('target'),
    entry: step('entry'),
    delivery: step('delivery'),
    vacuum: step('vacuum'),
  };
  const checkpoint = () => {
    done.push('checkpoint');
    return Promise.resolve();
  };
  const measure: MeasureStep = async (each) => {
    await each();
    return { milliseconds: 1, cpuMs: 2, walBytes: 3 };
  };
  const round = (signal = new AbortController().signal) =>
    measureSteps(steps, { comms, measure, checkpoint, signal });
  return { done, round };
}

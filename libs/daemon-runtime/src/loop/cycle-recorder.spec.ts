import { describe, expect, it } from '@jest/globals';
import { CycleMetrics } from '../metrics/cycle-metrics.js';
import { aLog } from '../testing/a-log.js';
import { aRuntime } from '../testing/a-runtime.js';
import { CycleRecorder } from './cycle-recorder.js';

describe('a failed cycle', () => {
  it.each([
    ['an error that says it is retryable', 'warn', anError({ retryable: true })],
    ['an error that says it is not', 'error', anError({ retryable: false, syscall: 'connect' })],
    ['a system error', 'warn', anError({ code: 'ECONNREFUSED', syscall: 'connect' })],
    ['any other error', 'error', anError({ code: '42P01' })],
    ['a value that is not an error', 'error', 'x'],
  ])('with %s is logged at the level %s', (_, level, error) => {
    const { log, lines } = aLog();
    const runtime = aRuntime({ log });
    const cycles = new CycleRecorder(runtime, new CycleMetrics(runtime.registry));
    cycles.cycleFailed({ durationMs: 1, causes: [{ error }], failures: 1, pauseMs: 1_000 });
    expect(lines()).toMatchObject([{ msg: 'cycle failed', level }]);
  });
});

function anError(fields: object): Error {
  return Object.assign(new Error('x'), fields);
}

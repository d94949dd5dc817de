import { DELIVERY_METHODS } from '@comms/distribution';
import { describe, expect, it } from '@jest/globals';
import { NOTICES } from './notices.js';
import { tallyOf } from '../results/outcome.js';
import { REFUSED_CODE, sampleComms } from './sample-comms.js';

const options = { count: 120, firstRequestId: 1000, brokerRefuses: true };

describe('sampleComms', () => {
  it('makes as many comms as asked for, each with its own request id', () => {
    const ids = sampleComms({ ...options, count: 777 }).map(({ comm }) => comm.commsRequestId);

    expect(new Set(ids).size).toBe(777);
    expect([ids[0], ids[776]]).toEqual([1000, 1776]);
  });

  it('has all outcomes of all methods within 120 comms', () => {
    const tally = tallyOf(outcomes(sampleComms(options)));

    expect(tally).toEqual({
      PUSH: { D: 0, S: 0, P: 34, R: 2, E: 2, lapsed: 4 },
      SMS: { D: 0, S: 30, P: 0, R: 0, E: 2, lapsed: 4 },
      EXTERNAL: { D: 0, S: 20, P: 0, R: 1, E: 1, lapsed: 2 },
      ONLINE: { D: 0, S: 0, P: 18, R: 0, E: 0, lapsed: 0 },
    });
  });

  it.each(DELIVERY_METHODS)('has %s comms of all priorities, as targets and as rows', (method) => {
    const comms = sampleComms(options).filter(({ comm }) => comm.deliveryMethod === method);

    expect(new Set(comms.map(({ comm }) => comm.priority))).toEqual(new Set([1, 2, 3]));
    expect(new Set(comms.map(({ putInAs }) => putInAs))).toEqual(new Set(['target', 'distribution']));
  });

  it('has a time exclusion that has passed only where a comm must lapse', () => {
    for (const { comm, outcome } of sampleComms(options)) {
      expect((comm.excludedInMinutes ?? 0) < 0).toBe(outcome === 'lapsed');
    }
    expect(sampleComms(options).some(({ comm }) => (comm.excludedInMinutes ?? 0) > 0)).toBe(true);
  });

  it('has no text only where a comm can never be delivered', () => {
    for (const { comm, outcome } of sampleComms(options)) {
      expect(comm.message === null).toBe(outcome === 'E');
    }
  });

  it('expects the comms that the demo broker refuses to be delivered by a real one', () => {
    const comms = sampleComms({ ...options, brokerRefuses: false });

    expect(comms.filter(({ outcome }) => outcome === 'R')).toEqual([]);
    expect(comms.filter(({ comm }) => comm.commsCode === REFUSED_CODE)).not.toEqual([]);
  });

  it('leaves no placeholder in a text, and uses all languages and templates', () => {
    const texts = sampleComms({ ...options, count: 600 }).map(({ comm }) => comm.message ?? '');

    expect(texts.filter((text) => /[{}]/.test(text))).toEqual([]);
    const openings = NOTICES.flatMap((notices) => Object.values(notices.texts)).map(
      (text) => text.split('{')[0] ?? '',
    );
    expect(openings.filter((opening) => !texts.some((text) => text.startsWith(opening)))).toEqual([]);
  });

  it('fits the columns of the tables', () => {
    for (const { comm } of sampleComms({ ...options, count: 2000 })) {
      expect(comm.commsCode.length).toBeLessThanOrEqual(20);
      expect(comm.target.length).toBeLessThanOrEqual(200);
    }
  });
});

function outcomes(comms: ReturnType<typeof sampleComms>) {
  return comms.map(({ comm, outcome }) => ({ method: comm.deliveryMethod, outcome }));
}

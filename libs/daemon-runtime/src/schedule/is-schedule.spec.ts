import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { IsSchedule } from './is-schedule.js';

describe('IsSchedule', () => {
  it('accepts an interval and a cron expression', () => {
    expect([faults('1s'), faults('0 2 * * *')]).toEqual([[], []]);
  });

  it('says in a sentence why a value is no schedule', () => {
    expect(faults('25h')).toEqual(['The schedule is longer than 24h.']);
    expect(faults(1_000)).toEqual(['The schedule is not a text.']);
  });
});

function faults(schedule: unknown): string[] {
  return validateSync(new Scheduled(schedule)).flatMap(({ constraints = {} }) => Object.values(constraints));
}

class Scheduled {
  @IsSchedule()
  readonly schedule: unknown;

  constructor(schedule: unknown) {
    this.schedule = schedule;
  }
}

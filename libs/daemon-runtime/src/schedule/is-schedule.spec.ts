import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { IsSchedule } from './is-schedule.js';

describe('IsSchedule', () => {
  it('accepts an interval and a cron expression', () => {
    expect([faults('1s'), faults('0 2 * * *')]).toEqual([[], []]);
  });

  it('says why a value is no schedule', () => {
    expect(faults('25h')).toEqual(['is longer than 24h']);
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

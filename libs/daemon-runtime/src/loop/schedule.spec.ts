import { describe, expect, it } from '@jest/globals';
import { validateSync } from 'class-validator';
import { CronTime } from 'cron';
import { IsSchedule, parseSchedule } from './schedule.js';

describe('parseSchedule', () => {
  it.each([
    ['10ms', 10],
    ['500ms', 500],
    ['2s', 2_000],
    ['5m', 300_000],
    ['24h', 86_400_000],
  ])('reads %s as an interval', (text, everyMs) => {
    expect(parseSchedule(text)).toEqual({ value: { kind: 'interval', everyMs } });
  });

  it.each(['*/5 * * * *', '30 0 2 * * *', '0 0 29 2 *', '0 8-18 * * mon-fri', '@hourly'])(
    'reads %s as a cron expression',
    (expression) => {
      expect(parseSchedule(expression)).toEqual({ value: { kind: 'cron', expression } });
    },
  );

  it.each(['0 0 * * 0', '0 0 * * 7', '0 0 * * sun'])('reads %s as every Sunday', (expression) => {
    expect(new CronTime(expression).sendAt().weekday).toBe(7);
    expect(parseSchedule(expression)).toHaveProperty('value');
  });

  it.each([
    ['', 'is not a duration'],
    ['-1', 'is not a duration'],
    ['NaN', 'is not a duration'],
    ['1e12', 'is not a duration'],
    ['1.5s', 'is not a duration'],
    ['0', 'has no unit; write ms, s, m or h after the number'],
    ['1000', 'has no unit; write ms, s, m or h after the number'],
    ['0s', 'is shorter than 10ms'],
    ['9ms', 'is shorter than 10ms'],
    ['25h', 'is longer than 24h'],
    ['61 * * * *', 'is not a cron expression: a field or word of it is not known'],
    ['* * *', 'is not a cron expression, which has five or six fields'],
    ['* * * * * * *', 'is not a cron expression, which has five or six fields'],
    ['0 0 30 2 *', 'never comes due'],
    ['0 0 * * 8', 'is not a cron expression: a field or word of it is not known'],
    ['@reboot', 'is not a cron expression: a field or word of it is not known'],
  ])('says what is wrong with %p', (text, problem) => {
    expect(parseSchedule(text)).toEqual({ problem });
  });
});

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

import { describe, expect, it } from '@jest/globals';
import { parseSchedule } from './schedule.js';

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
    ['61 * * * *', 'is not a cron expression, or one that never comes due'],
    ['* * *', 'is not a cron expression, or one that never comes due'],
    ['0 0 30 2 *', 'is not a cron expression, or one that never comes due'],
    ['@reboot', 'is not a cron expression, or one that never comes due'],
  ])('says what is wrong with %p', (text, problem) => {
    expect(parseSchedule(text)).toEqual({ problem });
  });
});

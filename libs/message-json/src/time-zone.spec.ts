import { describe, expect, it } from '@jest/globals';
import { DEFAULT_TIME_ZONE, timeZoneFault } from './time-zone.js';

describe('timeZoneFault', () => {
  it.each([
    DEFAULT_TIME_ZONE,
    'Europe/London',
    'Asia/Kathmandu',
    'America/Argentina/Buenos_Aires',
    'Etc/GMT+1',
  ])('finds none in %p', (text) => {
    expect(timeZoneFault(text)).toBeUndefined();
  });

  it.each(['', ' UTC', 'Mars/Phobos', 'Europe/Berlin ', 'Z', 'Berlin', '25'])('refuses %p', (text) => {
    expect(timeZoneFault(text)).toMatch(/IANA time zones/);
  });
});

import { describe, expect, it } from '@jest/globals';
import {
  compileDateFormat,
  DEFAULT_DATE_FORMAT,
  DEFAULT_TIME_ZONE,
  dateFormatFault,
  timeZoneFault,
} from './date-format.js';

describe('the default date format', () => {
  it.each([
    ['UTC', '2026-11-24T12:00:00.007Z'],
    ['Europe/Berlin', '2026-11-24T13:00:00.007+01:00'],
    ['Asia/Kolkata', '2026-11-24T17:30:00.007+05:30'],
    ['America/St_Johns', '2026-11-24T08:30:00.007-03:30'],
  ])('is ISO 8601 with the offset of %s', (timeZone, expected) => {
    expect(write(DEFAULT_DATE_FORMAT, '2026-11-24T12:00:00.007Z', timeZone)).toBe(expected);
  });
});

describe('a compiled date format', () => {
  it.each([
    ['dd/MM/yyyy HH:mm:ss', '05/01/2026 01:07:09'],
    ['EEE, d MMM uuuu hh:mm a', 'Mon, 5 Jan 2026 01:07 AM'],
    ['EEEE d MMMM yy h:m:s', 'Monday 5 January 26 1:7:9'],
    ['S SS SSSSSS', '0 00 004000'],
    ['yyyyMMddHHmmssSSS', '20260105010709004'],
    ['X XX XXX x xx xxx Z', '+01 +0100 +01:00 +01 +0100 +01:00 +0100'],
    ["'o''clock' HH", "o'clock 01"],
    ["HH''mm 'Uhr' 00 é", "01'07 Uhr 00 é"],
    ["yyyy'T'MM'Z'", '2026T01Z'],
  ])('writes %s as java.time does', (dateFormat, expected) => {
    expect(write(dateFormat, '2026-01-05T00:07:09.004Z', 'Europe/Berlin')).toBe(expected);
  });

  it.each([
    ['2026-03-29T00:59:59.999Z', '2026-03-29 01:59:59.999 +01:00'],
    ['2026-03-29T01:00:00.000Z', '2026-03-29 03:00:00.000 +02:00'],
    ['2026-10-25T00:59:59.999Z', '2026-10-25 02:59:59.999 +02:00'],
    ['2026-10-25T01:00:00.000Z', '2026-10-25 02:00:00.000 +01:00'],
  ])('passes the change to and from summer time at %s', (instant, expected) => {
    expect(write('yyyy-MM-dd HH:mm:ss.SSS XXX', instant, 'Europe/Berlin')).toBe(expected);
  });

  it('writes each instant by itself, whatever it wrote before', () => {
    const formatter = compileDateFormat('HH:mm:ss.SSS', 'UTC');
    const texts = ['12:00:00.000', '12:00:00.000', '12:00:00.001', '12:00:00.000'];
    expect(texts.map((text) => formatter(new Date(`2026-11-24T${text}Z`)))).toEqual(texts);
  });

  it.each([
    ['yyyy T', 'UTC', 'field of the letter T'],
    ['yyyy', 'Mars/Phobos', 'IANA'],
  ])('cannot be made of %s in %s', (dateFormat, timeZone, reason) => {
    expect(() => compileDateFormat(dateFormat, timeZone)).toThrow(reason);
  });
});

describe('dateFormatFault', () => {
  it.each([DEFAULT_DATE_FORMAT, 'dd.MM.yyyy', "'on' EEEE", "HH 'o''clock'", 'yyyy-MM-dd_HH:mm', 'SSSSSSSSS'])(
    'finds none in %p',
    (text) => {
      expect(dateFormatFault(text)).toBeUndefined();
    },
  );

  it.each([
    ['', 'is empty'],
    ['yyyy-MM-ddTHH:mm', 'letter T'],
    ['YYYY-MM-dd', 'letter Y'],
    ['yyyy-MM-DD', 'letter D'],
    ['HHH', 'letter H'],
    ['MMMMM', 'letter M'],
    ['SSSSSSSSSS', 'letter S'],
    ['ZZ', 'letter Z'],
    ['ISO 8601', 'letter I'],
    ["yyyy 'at", 'quote that is not closed'],
    ["yyyy '''at'", 'three or more quotes'],
    ['[yyyy]', 'character that must stand in quotes'],
    ['yyyy\nMM', 'character that must stand in quotes'],
  ])('refuses %p: %s', (text, reason) => {
    expect(dateFormatFault(text)).toContain(reason);
  });
});

function write(dateFormat: string, instant: string, timeZone: string): string {
  return compileDateFormat(dateFormat, timeZone)(new Date(instant));
}

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

import { afterEach } from '@jest/globals';

/** Answers where a case says what is to be ended after it, however it goes; the last comes first. */
export function atEndOfCase(): (end: () => unknown) => void {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0).reverse()) await end();
  });
  return (end) => {
    ends.push(end);
  };
}

/** Whether all of each case is asked for (`npm run test:faults -- --long`), or what fits into minutes. */
export const LONG = process.env['COMMS_FAULTS_LONG'] === '1';

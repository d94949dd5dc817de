import { afterEach } from '@jest/globals';

/** Returns a function. What is passed to it is ended after the case, whatever the result, the last one first. */
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

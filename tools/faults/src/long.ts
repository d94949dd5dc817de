/** Whether all of each case is asked for (`npm run test:faults -- --long`), or what fits into minutes. */
export const LONG = process.env['COMMS_FAULTS_LONG'] === '1';

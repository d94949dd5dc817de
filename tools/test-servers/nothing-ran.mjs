/**
 * A Jest reporter: a run in which every test is skipped has shown nothing. It ends with 69, the "service unavailable" of
 * sysexits.h, so that it is not taken for a success.
 */
export default class NothingRan {
  onRunComplete(_contexts, { numTotalTests, numPendingTests, numRuntimeErrorTestSuites }) {
    if (numTotalTests === 0 || numPendingTests < numTotalTests || numRuntimeErrorTestSuites > 0) return;
    process.stderr.write('no test ran: what the tests need is not available here, or no name fits\n');
    process.exitCode = 69;
  }
}

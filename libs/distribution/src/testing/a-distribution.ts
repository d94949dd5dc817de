import type { Distribution } from '../distribution.js';

/** A sound PUSH distribution; name only what the test is about. */
export function aDistribution(overrides: Partial<Distribution> = {}): Distribution {
  return {
    distributionId: '1',
    commsRequestId: '1001',
    commsCode: 'BILL_READY',
    deliveryMethod: 'PUSH',
    priority: 2,
    target: 'handset-token-1',
    alias: 'Operator',
    message: 'Your bill is ready.',
    messageTooLong: false,
    retryCount: 0,
    timeExclusion: null,
    sending: '0',
    ...overrides,
  };
}

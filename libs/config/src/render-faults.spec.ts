import { describe, expect, it } from '@jest/globals';

import { renderFaults } from './render-faults.js';

describe('renderFaults', () => {
  it('tells key, source, problem, what is allowed and the nearest key, one line a fault', () => {
    const text = renderFaults([
      { key: 'comms.a', source: 'a.properties:3', problem: '"0" is not allowed', allowed: '1 to 9' },
      { key: 'comms.c', source: 'a.properties:4', problem: 'is not a known key', nearest: 'comms.b' },
      { key: 'comms.d', problem: 'is impossible' },
    ]);

    expect(text).toBe(
      'comms.a (a.properties:3): "0" is not allowed; allowed: 1 to 9\n' +
        'comms.c (a.properties:4): is not a known key; the nearest known key is comms.b\n' +
        'comms.d: is impossible\n',
    );
  });

  it('keeps a fault in one line and out of the terminal’s control, whatever the value holds', () => {
    const text = renderFaults([
      { key: 'comms.a', problem: '"a\n\r\t\f\u0000\u001b[2J\u009b\u2028\u202e\ud800" is wrong' },
    ]);

    expect(text).toBe(
      String.raw`comms.a: "a\n\r\t\f\u0000\u001b[2J\u009b\u2028\u202e\ud800" is wrong` + '\n',
    );
  });
});

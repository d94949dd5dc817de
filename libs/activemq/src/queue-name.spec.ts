import { describe, expect, it } from '@jest/globals';
import { bareQueueName, queueNameProblem } from './queue-name.js';

describe('queueNameProblem', () => {
  it.each(['comms.handset.outbound', '/queue/comms.handset.outbound', 'COMMS::Q-1', 'übersicht', 'a/b'])(
    'takes %s',
    (name) => {
      expect(queueNameProblem(name)).toBeUndefined();
    },
  );

  it.each([
    '',
    '/queue/',
    'a,b',
    'a b',
    ' a',
    'a\nb',
    'a\0',
    'a\u200b',
    '\ufeffa',
    'a\u202eb',
    'a\u00ad',
    'comms.>',
    'comms.*',
    'comms.#',
    'a?b=c',
    '/topic/a',
    '/queue//queue/a',
    'queue://a',
    'x'.repeat(256),
  ])('refuses %j', (name) => {
    expect(queueNameProblem(name)).toEqual(expect.any(String));
  });
});

describe('bareQueueName', () => {
  it('leaves out the prefix that STOMP clients write', () => {
    expect(['/queue/a.b', 'a.b'].map(bareQueueName)).toEqual(['a.b', 'a.b']);
  });
});

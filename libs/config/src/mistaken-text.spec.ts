import { describe, expect, it } from '@jest/globals';

import { doubtfulText } from './mistaken-text.js';

describe('doubtfulText', () => {
  it.each(['stomp://${BROKER_HOST}:61613', '$(HOST)', '${}', '${A:-b}', '${{ secrets.X }}', 'a${A}b'])(
    'finds a variable that was not expanded in %s',
    (text) => {
      expect(doubtfulText(text)).toMatch(/^holds a variable that was not expanded/);
    },
  );

  it.each(['a\u200bb', '\ufeffa', 'a\u00ad', '\u202ea', '\u3164', 'a\u{e0061}'])(
    'finds the invisible character of %j',
    (text) => {
      expect(doubtfulText(text)).toBe('holds an invisible character');
    },
  );

  it.each(['', 'a b', 'cost: 5$', '$HOME', '${A', '(a)$', '{a}', 'übersicht', 'a\nb', '0 0 * * *'])(
    'finds nothing in %j',
    (text) => {
      expect(doubtfulText(text)).toBeUndefined();
    },
  );
});

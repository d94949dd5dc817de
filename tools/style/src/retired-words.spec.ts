import { describe, expect, it } from '@jest/globals';
import { readRetiredWords, retiredWordsIn } from './retired-words.js';

const WORDS = new Map([['blue', 'green']]);

describe('retiredWordsIn', () => {
  it('finds a word in a sentence, whatever its case', () => {
    expect(retiredWordsIn('Blue rows wait, and blue ones too.', WORDS)).toEqual(['blue']);
  });

  it('finds it as a part of a name', () => {
    for (const name of ['goBlue', 'GO_BLUE', 'go-blue', '#blueRow'])
      expect(retiredWordsIn(name, WORDS)).toEqual(['blue']);
  });

  it('finds none within another word', () => {
    expect(retiredWordsIn('blueprint, bluer', WORDS)).toEqual([]);
  });
});

describe('readRetiredWords', () => {
  it('has something to write in place of each', () => {
    const words = readRetiredWords();
    expect(words.size).toBeGreaterThan(5);
    for (const advice of words.values()) expect(advice).not.toBe('');
  });
});

import { describe, expect, it } from '@jest/globals';
import { readRetiredWords, retiredWordsIn } from './retired-words.js';

const WORDS = { words: { blue: 'green' }, allowed: ['blue moon'] };

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

  it('finds none in a phrase that is allowed', () => {
    expect(retiredWordsIn('once in a blue moon', WORDS)).toEqual([]);
    expect(retiredWordsIn('a blue moon in blue', WORDS)).toEqual(['blue']);
  });
});

describe('readRetiredWords', () => {
  it('has something to write in place of each', () => {
    const { words } = readRetiredWords();
    expect(Object.keys(words).length).toBeGreaterThan(5);
    for (const advice of Object.values(words)) expect(advice).not.toBe('');
  });
});

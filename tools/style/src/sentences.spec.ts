import { describe, expect, it } from '@jest/globals';
import { sentencesOf } from './sentences.js';

describe('sentencesOf', () => {
  it('ends a sentence at a full stop, a question mark and an exclamation mark', () => {
    expect(texts('The broker is down. Does it answer? It must never do so! Look at its log.')).toEqual([
      'The broker is down.',
      'Does it answer?',
      'It must never do so!',
      'Look at its log.',
    ]);
  });

  it('ends none within a number, a file name or an abbreviation', () => {
    expect(texts('Node 20.19 reads main.ts, e.g. at the start, in 1.5 seconds.')).toHaveLength(1);
  });

  it('ends one behind a bracket or a quotation mark', () => {
    expect(texts('(The first one is here.) The second one follows.')).toHaveLength(2);
    expect(texts('It says "I am not there." Nothing more is known.')).toHaveLength(2);
  });

  it('ends one before a name in lower case', () => {
    expect(texts('The mark is taken away. comms-monitor does so.')).toHaveLength(2);
  });

  it('leaves out titles and cells of fewer than three words', () => {
    expect(texts('Act. The daemon is restarted.')).toEqual(['The daemon is restarted.']);
  });

  it('knows where the passage of a sentence begins', () => {
    const sentences = sentencesOf([
      { line: 3, text: 'One two three.' },
      { line: 9, text: 'Four five six seven.' },
    ]);
    expect(sentences.map(({ line, words }) => [line, words])).toEqual([
      [3, 3],
      [9, 4],
    ]);
  });
});

describe('the words of a sentence', () => {
  it('are what stands between spaces', () => {
    expect(wordsOf('a row that says so')).toBe(5);
  });

  it('are no dash or sign without a letter or a digit', () => {
    expect(wordsOf('rows – 3 of 4 – are sent : now')).toBe(7);
  });

  it('are one for a name with dots, dashes or apostrophes', () => {
    expect(wordsOf("the daemon's batch-size of comms.broker.url")).toBe(5);
  });
});

function texts(text: string): string[] {
  return sentencesOf([{ line: 1, text }]).map((sentence) => sentence.text);
}

function wordsOf(text: string): number | undefined {
  return sentencesOf([{ line: 1, text }])[0]?.words;
}

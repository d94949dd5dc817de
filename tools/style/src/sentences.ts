import type { Passage } from './markdown.js';

/** A sentence, and where it stands. */
export interface Sentence {
  readonly line: number;
  readonly text: string;
  readonly words: number;
}

/** A sentence of more words is long. */
export const MOST_WORDS = 30;

/** The sentences of a text. Titles and cells of fewer than three words are no sentences. */
export function sentencesOf(passages: readonly Passage[]): Sentence[] {
  return passages
    .flatMap(({ line, text }) => text.split(SENTENCE_END).map((sentence) => ({ line, text: sentence })))
    .map((sentence) => ({ ...sentence, words: countWords(sentence.text) }))
    .filter(({ words }) => words >= LEAST_WORDS);
}

/** What stands between spaces and has a letter or a digit. */
function countWords(sentence: string): number {
  return sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

const LEAST_WORDS = 3;

/** A space behind a full stop, a question mark or an exclamation mark, with or without a bracket or quotation mark. */
const SENTENCE_END = /(?<=[.!?][)"'”]*)(?<!\b(?:e\.g|i\.e|etc|No)\.)\s+/;

import { readFileSync } from 'node:fs';

/** Words that have no right use here, each with what to write in its place. */
export type RetiredWords = ReadonlyMap<string, string>;

/** The list of this repository. */
export function readRetiredWords(): RetiredWords {
  const file = new URL('../retired-words.json', import.meta.url);
  const { words, allowed } = JSON.parse(readFileSync(file, 'utf8')) as RetiredWordsFile;
  return new Map(Object.entries(words).filter(([word]) => !allowed.includes(word)));
}

/** Those of the words that stand in a text, alone or as a part of a name such as `goAnew` or `GO_ANEW`. */
export function retiredWordsIn(text: string, words: RetiredWords): string[] {
  const parts = text.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').match(/\p{L}+/gu) ?? [];
  return [...new Set(parts.map((part) => part.toLowerCase()))].filter((part) => words.has(part));
}

interface RetiredWordsFile {
  readonly words: Readonly<Record<string, string>>;
  /** Words of the list that are part of a public name, and so may stay. */
  readonly allowed: readonly string[];
}

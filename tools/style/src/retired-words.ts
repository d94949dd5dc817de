import { readFileSync } from 'node:fs';

/** What has no right use here. */
export interface RetiredWords {
  /** Each word with what to write in its place. */
  readonly words: Readonly<Record<string, string>>;
  /** Phrases that hold such a word and may stay, because they are part of a public text or name. */
  readonly allowed: readonly string[];
}

/** The list of this repository. */
export function readRetiredWords(): RetiredWords {
  return JSON.parse(readFileSync(new URL('../retired-words.json', import.meta.url), 'utf8')) as RetiredWords;
}

/** Those of the words that stand in a text, alone or as a part of a name such as `goAgain` or `GO_AGAIN`. */
export function retiredWordsIn(text: string, { words, allowed }: RetiredWords): string[] {
  const rest = allowed.reduce((left, phrase) => left.replaceAll(phrase, ''), text);
  const parts = rest.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').match(/\p{L}+/gu) ?? [];
  return [...new Set(parts.map((part) => part.toLowerCase()))].filter((part) => Object.hasOwn(words, part));
}

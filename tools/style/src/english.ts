import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { isScript, parseFile } from './files.js';
import { linesWithoutCode, passagesOf } from './markdown.js';
import { type RetiredWords, retiredWordsIn } from './retired-words.js';
import { type Sentence, sentencesOf } from './sentences.js';
import { documentationText, sourceTexts } from './source-texts.js';

/** What the check finds in one file. */
export interface English {
  readonly file: string;
  /** Those of Markdown and of documentation comments. */
  readonly sentences: readonly Sentence[];
  /** Each once a file, where it stands first. */
  readonly retired: readonly RetiredUse[];
}

interface RetiredUse {
  readonly line: number;
  readonly word: string;
}

/** Reads one file of any kind that `filesBelow` finds. */
export function readEnglish(file: string, words: RetiredWords): English {
  const { sentences, texts } = isScript(file) ? ofScript(file) : ofDocument(file);
  const uses = texts.flatMap(({ line, text }) => retiredWordsIn(text, words).map((word) => ({ line, word })));
  const firstUses = new Map([...uses].reverse().map((use) => [use.word, use]));
  return { file, sentences, retired: [...firstUses.values()].sort((a, b) => a.line - b.line) };
}

interface Texts {
  readonly sentences: Sentence[];
  readonly texts: readonly { readonly line: number; readonly text: string }[];
}

function ofScript(file: string): Texts {
  const texts = sourceTexts(parseFile(file));
  const sentences = texts
    .filter(({ kind }) => kind === 'documentation')
    .flatMap((comment) =>
      sentencesOf(passagesOf(documentationText(comment.text))).map((sentence) => ({
        ...sentence,
        line: comment.line + sentence.line - 1,
      })),
    );
  return { sentences, texts };
}

function ofDocument(file: string): Texts {
  const content = readFileSync(file, 'utf8');
  const isMarkdown = extname(file) === '.md';
  const lines = isMarkdown ? linesWithoutCode(content) : content.split('\n');
  return {
    sentences: isMarkdown ? sentencesOf(passagesOf(content)) : [],
    texts: lines.map((text, i) => ({ line: i + 1, text })),
  };
}

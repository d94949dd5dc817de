/** A piece of running text: a paragraph, an item of a list, a cell of a table. */
export interface Passage {
  /** Where it begins, from 1. */
  readonly line: number;
  /** On one line, without marks of Markdown; a piece of inline code is the word `Code`. */
  readonly text: string;
}

/** The running text of a Markdown document: without headings, code blocks and HTML comments. */
export function passagesOf(markdown: string): Passage[] {
  const reader = new PassageReader();
  for (const line of markdown.split('\n')) reader.read(line);
  return reader.end();
}

/** The document line by line, with nothing left out but inline code, which quotes names of programs. */
export function linesWithoutCode(markdown: string): string[] {
  return markdown.replace(INLINE_CODE, (code) => code.replace(/[^\n]/g, ' ')).split('\n');
}

class PassageReader {
  private readonly passages: Passage[] = [];
  private lines: string[] = [];
  private firstLine = 1;
  private line = 0;
  private inFence = false;

  read(text: string): void {
    this.line += 1;
    const isFence = FENCE.test(text);
    if (isFence) this.inFence = !this.inFence;
    if (isFence || this.inFence || BREAK.test(text)) this.endPassage();
    else if (TABLE_ROW.test(text)) this.readRow(text);
    else this.readProse(text);
  }

  end(): Passage[] {
    this.endPassage();
    return this.passages;
  }

  private readRow(row: string): void {
    this.endPassage();
    for (const cell of row.trim().slice(1, -1).split(CELL_END)) this.add(this.line, cell);
  }

  private readProse(text: string): void {
    if (LIST_ITEM.test(text)) this.endPassage();
    if (this.lines.length === 0) this.firstLine = this.line;
    this.lines.push(text.replace(LIST_ITEM, '').trim());
  }

  private endPassage(): void {
    if (this.lines.length > 0) this.add(this.firstLine, this.lines.join(' '));
    this.lines = [];
  }

  private add(line: number, markdown: string): void {
    const text = plainText(markdown);
    if (/\p{L}/u.test(text)) this.passages.push({ line, text });
  }
}

function plainText(markdown: string): string {
  return markdown
    .replace(INLINE_CODE, 'Code')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|(?<!\w)_|_(?!\w)/g, '')
    .trim();
}

const FENCE = /^\s*(```|~~~)/;

/** What ends a passage and is none itself: an empty line, a heading, a comment, the rule of a table. */
const BREAK = /^\s*$|^#{1,6} |^\s*<!--|^\s*\|[\s|:-]+\|\s*$/;

const TABLE_ROW = /^\s*\|.*\|\s*$/;

const CELL_END = /(?<!\\)\|/;

const LIST_ITEM = /^\s*(?:[-*]|\d+\.|>)\s+/;

/** Of one or two backticks, which may run over the end of a line but not over a paragraph. */
const INLINE_CODE = /(?<!`)(`{1,2})(?!`)(?:(?!\n\s*\n)[^])*?[^`]\1(?!`)/g;

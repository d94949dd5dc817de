import { BenchError } from '../bench-error.js';

/** The same text with `lines` in place of what stands between the marks of a section. Throws where it has no such marks. */
export function putSection(text: string, name: string, lines: readonly string[]): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new BenchError('NOT_AVAILABLE', `the text has no section ${name}`);
  return `${text.slice(0, from)}${[begin, '', ...lines, '', ''].join('\n')}${text.slice(to)}`;
}

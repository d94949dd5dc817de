import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { readProperties } from './read-properties.js';

/** What java.util.Properties.load (OpenJDK 17) makes of each text. */
const READ_BY_JAVA: [what: string, text: string, entries: [key: string, value: string][]][] = [
  ['an equals sign', 'a=b', [['a', 'b']]],
  ['a colon', 'a:b', [['a', 'b']]],
  ['white space', 'a b', [['a', 'b']]],
  ['a tab and a form feed', 'a\t\fb', [['a', 'b']]],
  ['white space around a separator', 'a \t=\f b', [['a', 'b']]],
  ['only the first separator', 'a==b:c=d', [['a', '=b:c=d']]],
  ['one separator after white space', 'a = = b', [['a', '= b']]],
  ['a key alone', 'a', [['a', '']]],
  ['an empty value', 'a=', [['a', '']]],
  ['an empty key', '=b', [['', 'b']]],
  ['trailing white space in a value', 'a=b \t', [['a', 'b \t']]],
  ['leading white space before a key', ' \t\fa=b', [['a', 'b']]],
  ['comments of both kinds', '#a=b\n  !c=d\ne=f', [['e', 'f']]],
  ['a comment that ends in a backslash', '#a\\\nb=c', [['b', 'c']]],
  ['a hash inside a value', 'a=b # c', [['a', 'b # c']]],
  ['blank lines', '\n\n \t\f\na=b\n\n', [['a', 'b']]],
  [
    'LF, CRLF and CR',
    'a=b\nc=d\r\ne=f\rg=h',
    [
      ['a', 'b'],
      ['c', 'd'],
      ['e', 'f'],
      ['g', 'h'],
    ],
  ],
  ['a continuation', 'a=b,\\\n   c', [['a', 'b,c']]],
  ['a continuation over CRLF', 'a=b\\\r\n\tc', [['a', 'bc']]],
  ['a continuation over CR', 'a=b\\\rc', [['a', 'bc']]],
  ['a continued key', 'a\\\n  b=c', [['ab', 'c']]],
  ['a continuation that looks like a comment', 'a=b\\\n#c', [['a', 'b#c']]],
  [
    'a continuation that meets a blank line',
    'a=b\\\n\nc=d',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['a continuation that meets the end', 'a=b\\', [['a', 'b']]],
  [
    'an even number of backslashes',
    'a=b\\\\\nc=d',
    [
      ['a', 'b\\'],
      ['c', 'd'],
    ],
  ],
  ['three backslashes', 'a=b\\\\\\\nc', [['a', 'b\\c']]],
  ['a lone backslash before a comment', '\\\n#a=b\nc=d', [['c', 'd']]],
  ['escaped separators in a key', 'a\\=b\\:c\\ d=e', [['a=b:c d', 'e']]],
  ['an escaped leading space of a value', 'a=\\ b', [['a', ' b']]],
  ['an escaped comment sign', '\\#a=b', [['#a', 'b']]],
  ['control escapes', 'a=\\t\\n\\r\\f', [['a', '\t\n\r\f']]],
  ['a backslash before any other letter', 'a=\\b\\q\\"\\\\', [['a', 'bq"\\']]],
  ['unicode escapes', '\\u0061=\\u00E9\\u20ac', [['a', 'é€']]],
  ['a surrogate pair', 'a=\\ud83d\\ude00', [['a', '😀']]],
  ['an escaped separator by code is no separator', 'a\\u003db=c', [['a=b', 'c']]],
  ['text beyond ASCII', 'clé=größe 😀', [['clé', 'größe 😀']]],
  ['other Unicode line ends', 'a=b\u2028c\u0085d\u000be', [['a', 'b\u2028c\u0085d\u000be']]],
  [
    'a key that is set twice',
    'a=b\na=c',
    [
      ['a', 'b'],
      ['a', 'c'],
    ],
  ],
];

const REFUSED_BY_JAVA = ['a=\\u12', 'a=\\u12g4', 'a=\\u', '\\uu0061=b', 'a=\\u 041'];

describe('readProperties', () => {
  it.each(READ_BY_JAVA)('reads %s as Java does', (_what, text, expected) => {
    expect(readProperties(text).map(({ key, value }) => [key, value])).toEqual(expected);
  });

  it.each(REFUSED_BY_JAVA)('marks the escape that Java refuses in %j', (text) => {
    expect(readProperties(text)).toMatchObject([{ malformed: true }]);
  });

  it('marks only the malformed entry', () => {
    const entries = readProperties('a=\\u0041\nb=\\u004\nc=\\\\u004');

    expect(entries.map(({ malformed }) => malformed)).toEqual([false, true, false]);
  });

  it('knows the line on which an entry starts', () => {
    const entries = readProperties('# one\r\na=b\\\r\n  c\r\n\r\nd=e\rf=g\nh=i');

    expect(entries.map(({ key, line }) => [key, line])).toEqual([
      ['a', 2],
      ['d', 5],
      ['f', 6],
      ['h', 7],
    ]);
  });

  it('reads back every key and value that is escaped as Java stores them', () => {
    const text = fc.string({ unit: 'binary' });
    const lineEnd = fc.constantFrom('\n', '\r', '\r\n');
    fc.assert(
      fc.property(fc.array(fc.tuple(text, text)), lineEnd, (entries, end) => {
        const file = entries.map(([key, value]) => storedKey(key) + '=' + storedValue(value) + end).join('');

        expect(readProperties(file).map(({ key, value }) => [key, value])).toEqual(entries);
      }),
    );
  });

  it('takes any text and never invents a line', () => {
    const text = fc.string({ unit: fc.constantFrom(...Array.from('=: \t\f\n\r\\#!au0')), maxLength: 40 });
    fc.assert(
      fc.property(text, (file) => {
        const lines = readProperties(file).map(({ line }) => line);

        expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b));
        expect(Math.max(0, ...lines)).toBeLessThanOrEqual(file.split(/\r\n|\r|\n/).length);
      }),
    );
  });
});

/** java.util.Properties.store, without its date: see its documentation for what is escaped where. */
function storedKey(key: string): string {
  return storedValue(key).replaceAll(/(?<!^) /g, '\\ ');
}

function storedValue(value: string): string {
  return value
    .replaceAll(/[\\=:#!]/g, '\\$&')
    .replace(/^ /, '\\ ')
    .replaceAll(
      /[\t\n\r\f]/g,
      (char) => ({ '\t': '\\t', '\n': '\\n', '\r': '\\r', '\f': '\\f' })[char] ?? char,
    )
    .replaceAll(/[^ -~]/g, (char) => '\\u' + char.charCodeAt(0).toString(16).padStart(4, '0'));
}

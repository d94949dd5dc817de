import { describe, expect, it } from '@jest/globals';
import { Screen } from './screen.js';

describe('Screen', () => {
  describe('on a terminal', () => {
    it('replaces the line of progress', () => {
      const { screen, written } = setup({ isTTY: true });

      screen.progress('1 of 2');
      screen.progress('2 of 2');
      screen.line('done');

      expect(written.join('')).toBe('\r\u001b[K1 of 2\r\u001b[K2 of 2\r\u001b[Kdone\n');
    });

    it('keeps the line of progress within one line', () => {
      const { screen, written } = setup({ isTTY: true, columns: 10 });

      screen.progress('0123456789');

      expect(written).toEqual(['\r\u001b[K012345678']);
    });

    it('shows colours where the terminal has them', () => {
      expect(setup({ isTTY: true, hasColors: () => true }).screen.paint('red', 'no')).toBe(
        '\u001b[31mno\u001b[39m',
      );
      expect(setup({ isTTY: true, hasColors: () => false }).screen.paint('red', 'no')).toBe('no');
    });
  });

  describe('on a pipe', () => {
    it('writes progress at most once a second, as lines', () => {
      const { screen, written, at } = setup({});

      for (const milliseconds of [0, 500, 999, 1000, 1500]) {
        at(milliseconds);
        screen.progress(`after ${milliseconds}`);
      }

      expect(written).toEqual(['after 0\n', 'after 1000\n']);
    });

    it('writes no escape sequence', () => {
      const { screen, written } = setup({ hasColors: () => true });

      screen.line(screen.paint('bold', 'title'));

      expect(written).toEqual(['title\n']);
    });
  });
});

function setup(terminal: { isTTY?: boolean; columns?: number; hasColors?: () => boolean }) {
  const written: string[] = [];
  let time = 0;
  const write = (text: string | Uint8Array) => {
    written.push(String(text));
    return true;
  };
  const screen = new Screen({ write, ...terminal }, () => time);
  const at = (milliseconds: number) => {
    time = milliseconds;
  };
  return { screen, written, at };
}

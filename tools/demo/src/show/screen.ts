import type { WriteStream } from 'node:tty';

type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

const CODES: Record<Style, readonly [number, number]> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

/** A stream that text is shown on: a terminal, or a file or pipe. */
export type Output = Pick<WriteStream, 'write'> &
  Partial<Pick<WriteStream, 'isTTY' | 'columns' | 'hasColors'>>;

/** Where the demo shows what happens. Only terminals get colours and a line that changes. */
export class Screen {
  private readonly colours: boolean;
  private readonly terminal: boolean;
  private lastProgress = -Infinity;

  constructor(
    private readonly output: Output,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.terminal = output.isTTY === true;
    this.colours = this.terminal && output.hasColors?.() === true;
  }

  line(text = ''): void {
    this.output.write(`${this.terminal ? CLEAR_LINE : ''}${text}\n`);
  }

  /** A line that the next one replaces. Without a terminal, at most one line per second. */
  progress(text: string): void {
    if (this.terminal) {
      this.output.write(`${CLEAR_LINE}${text.slice(0, (this.output.columns ?? 80) - 1)}`);
    } else if (this.now() - this.lastProgress >= 1000) {
      this.lastProgress = this.now();
      this.output.write(`${text}\n`);
    }
  }

  /** The text in a style, where colours may be shown. */
  paint(style: Style, text: string): string {
    const [on, off] = CODES[style];
    return this.colours ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  }
}

const CLEAR_LINE = '\r\u001b[K';

/** What happened in a run: its last lines, and a hash over all of them. */
export class Trace {
  private readonly lines = new Array<string>(KEPT).fill('');
  private count = 0;
  private low = 0x811c9dc5;
  private high = 0x01000193;

  add(line: string): void {
    this.lines[this.count % KEPT] = line;
    this.count += 1;
    for (let i = 0; i < line.length; i++) {
      this.low = Math.imul(this.low ^ line.charCodeAt(i), 0x01000193);
      this.high = Math.imul(this.high ^ this.low, 0x85ebca6b) ^ (this.high >>> 13);
    }
  }

  /** The last lines, oldest first. */
  get tail(): readonly string[] {
    const start = this.count % KEPT;
    const ordered = [...this.lines.slice(start), ...this.lines.slice(0, start)];
    return ordered.slice(Math.max(0, KEPT - this.count));
  }

  get hash(): string {
    return [this.high, this.low].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
  }
}

const KEPT = 400;

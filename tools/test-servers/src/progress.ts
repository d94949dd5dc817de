/** Says on standard error what takes long, or what this run must do without. */
export function progress(line: string): void {
  process.stderr.write(`test servers: ${line}\n`);
}

/** What a process is configured from. */
export interface ProcessInputs {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Throws Node's system errors, as `readFileSync` does. */
  readonly readFile: (path: string) => Uint8Array;
}

/** What an error says to a reader. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message || error.name : String(error);
}

/** What an error says; those of refused connections say it in their code alone. */
export function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  return error.message === '' && typeof code === 'string' ? code : error.message;
}

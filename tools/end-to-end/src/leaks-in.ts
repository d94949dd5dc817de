/** Long enough to be meant, short enough to find a text that was cut. */
const SAMPLE_LENGTH = 24;

/** Which of the secrets, of 8 characters or more, are told: as they are, or as JSON writes them. */
export function leaksIn(told: string, secrets: readonly string[]): string[] {
  const samples = secrets.filter(({ length }) => length >= 8).map((text) => text.slice(0, SAMPLE_LENGTH));
  return [...new Set(samples)].filter(
    (sample) => told.includes(sample) || told.includes(JSON.stringify(sample).slice(1, -1)),
  );
}

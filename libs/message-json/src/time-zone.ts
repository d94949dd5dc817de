export const DEFAULT_TIME_ZONE = 'UTC';

/** Why `text` is no IANA time zone that this platform knows, as a sentence for the operator; undefined where it is one. */
export function timeZoneFault(text: string): string | undefined {
  try {
    Intl.DateTimeFormat('en', { timeZone: text });
    return undefined;
  } catch {
    return 'The time zone is not one of the IANA time zones, such as UTC or Europe/London.';
  }
}

export const DEFAULT_TIME_ZONE = 'UTC';

/** Why `text` is no IANA time zone that this platform knows, to be read after it; undefined where it is one. */
export function timeZoneFault(text: string): string | undefined {
  try {
    Intl.DateTimeFormat('en', { timeZone: text });
    return undefined;
  } catch {
    return 'is not one of the IANA time zones that are known here';
  }
}

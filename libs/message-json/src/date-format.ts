import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns/format';

/** ISO 8601 with milliseconds and offset. An offset of zero is written `Z`. */
export const DEFAULT_DATE_FORMAT = "yyyy-MM-dd'T'HH:mm:ss.SSSXXX";

/** Writes an instant as text. */
export type DateFormatter = (instant: Date) => string;

/**
 * Why `text` is no date format, to be read after it: `is empty`; undefined where it is one. A format is a pattern of
 * these fields, which mean what they mean in `java.time.format.DateTimeFormatter` (texts in English):
 * - year `yyyy`, `uuuu`, `yy`; month `M`, `MM`, `MMM`, `MMMM`; day `d`, `dd`; weekday `E`, `EEE`, `EEEE`
 * - hour `H`, `HH` (0 to 23), `h`, `hh` with `a` (AM, PM); minute `m`, `mm`; second `s`, `ss`; fraction `S` to `SSSSSSSSS`
 * - offset `X`, `XX`, `XXX` (with `Z` for zero), `x`, `xx`, `xxx`, `Z`
 *
 * Other letters are written in single quotes; a quote itself is `''`.
 */
export function dateFormatFault(text: string): string | undefined {
  if (text === '') return 'is empty';
  if (text.includes("'''")) return 'has three or more quotes in a row';
  const [unknown] = text.replace(PIECE, (piece) => (isLetter(piece) && !FIELDS.has(piece) ? piece : ''));
  if (unknown === undefined) return undefined;
  if (unknown === "'") return 'has a quote that is not closed';
  if (isLetter(unknown)) return `has a field of the letter ${unknown} that is not known`;
  return 'has a character that must stand in quotes';
}

/**
 * Compiles a date format for one IANA time zone. The text of the last instant is kept, so that rows with the same
 * millisecond cost one formatting. Throws a RangeError for a format or zone that has a fault.
 */
export function compileDateFormat(dateFormat: string, timeZone: string): DateFormatter {
  const formatFault = dateFormatFault(dateFormat);
  if (formatFault !== undefined) throw new RangeError(`The date format ${formatFault}.`);
  const zoneFault = timeZoneFault(timeZone);
  if (zoneFault !== undefined) throw new RangeError(`The time zone ${zoneFault}.`);
  const pattern = dateFormat.replace(PIECE, (piece) => (piece === 'Z' ? 'xx' : piece));
  let lastTime = NaN;
  let lastText = '';
  return (instant) => {
    const time = instant.getTime();
    if (time !== lastTime) {
      lastText = format(new TZDate(time, timeZone), pattern);
      lastTime = time;
    }
    return lastText;
  };
}

/** A quote, a quoted text, a run of one letter, or other text. java.time reserves brackets, braces and `#`. */
const PIECE = /''|'[^'\p{Cc}]+(?:''[^'\p{Cc}]+)*'|([A-Za-z])\1*|[^A-Za-z'[\]{}#\p{Cc}]+/gu;

const FIELDS: ReadonlySet<string> = new Set(
  'yyyy uuuu yy M MM MMM MMMM d dd E EEE EEEE a H HH h hh m mm s ss X XX XXX x xx xxx Z'
    .split(' ')
    .concat(Array.from({ length: 9 }, (_, i) => 'S'.repeat(i + 1))),
);

function isLetter(piece: string): boolean {
  return /^[A-Za-z]/.test(piece);
}

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

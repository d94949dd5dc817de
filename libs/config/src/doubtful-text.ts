/**
 * What makes a text surely a mistake where people can see it, to be read after it; undefined where nothing does. In a
 * password the same may be meant, since any character may stand there.
 */
export function doubtfulText(text: string): string | undefined {
  if (UNEXPANDED.test(text)) {
    return 'holds a variable that was not expanded, ${…} or $(…); properties take no variables, write the value itself';
  }
  const [invisible] = INVISIBLE_CHARACTER.exec(text) ?? [];
  return invisible === undefined ? undefined : `holds the invisible character ${codePoint(invisible)}`;
}

/** As shells, Spring and Kubernetes write variables. */
const UNEXPANDED = /\$\{.*\}|\$\(.*\)/s;

/** What no font draws and nobody types on purpose; control characters are judged by each property itself. */
const INVISIBLE_CHARACTER = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

function codePoint(character: string): string {
  const number = character.codePointAt(0) ?? 0;
  return `U+${number.toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * What makes a text surely a mistake where people can see it, to be read after it; undefined where nothing does. In a
 * password the same may be meant, since any character may stand there. Nothing of the text is quoted.
 */
export function doubtfulText(text: string): string | undefined {
  if (UNEXPANDED.test(text)) {
    return 'holds a variable that was not expanded, ${…} or $(…); properties take no variables, write the value itself';
  }
  return INVISIBLE_CHARACTER.test(text) ? 'holds an invisible character' : undefined;
}

/** As shells, Spring and Kubernetes write variables. */
const UNEXPANDED = /\$\{.*\}|\$\(.*\)/s;

/** What no font draws and nobody types on purpose; control characters are judged by each property itself. */
const INVISIBLE_CHARACTER = /[\p{Cf}\p{Default_Ignorable_Code_Point}]/u;

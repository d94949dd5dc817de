/** Properties by their key, as an operator sets them. */
export type Properties = Readonly<Record<string, string | number | boolean>>;

/** The text of a properties file that says just this. */
export function propertiesText(properties: Properties): string {
  return Object.entries(properties)
    .map(([key, value]) => `${key}=${String(value).replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n`)
    .join('');
}

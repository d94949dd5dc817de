/**
 * The names of the environment variables that set a property: the key in upper case with every dot and dash as `_`,
 * and the same with the dashes dropped, as Spring spells it.
 */
export function environmentNames(key: string): readonly [string, ...string[]] {
  const name = key.toUpperCase().replaceAll('.', '_');
  const underscored = name.replaceAll('-', '_');
  return name === underscored ? [name] : [underscored, name.replaceAll('-', '')];
}

/** The variable that names a file which holds the value of this one. */
export function fileVariable(name: string): string {
  return `${name}_FILE`;
}

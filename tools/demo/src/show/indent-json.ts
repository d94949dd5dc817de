/** Puts JSON on indented lines, and changes nothing else: a 1.0 stays a 1.0. */
export function indentJson(json: string): string {
  let depth = 0;
  const line = () => `\n${'  '.repeat(depth)}`;
  const tokens = json.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s"{}[\],:]+/g) ?? [];
  const laidOut = tokens.map((token) => {
    if (token === ':') return ': ';
    if (token === ',') return `,${line()}`;
    if (token === '{' || token === '[') {
      depth += 1;
      return `${token}${line()}`;
    }
    if (token !== '}' && token !== ']') return token;
    depth -= 1;
    return `${line()}${token}`;
  });
  return laidOut.join('');
}

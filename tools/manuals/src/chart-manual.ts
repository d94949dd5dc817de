import { format } from 'prettier';
import {
  isMap,
  isNode,
  isPair,
  isScalar,
  type Pair,
  parseDocument,
  type Scalar,
  stringify,
  type YAMLMap,
} from 'yaml';

/** The manual of the chart's values, as Markdown, from the `# --` comments of its values.yaml. */
export async function chartManual(valuesYaml: string): Promise<string> {
  const { contents } = parseDocument(valuesYaml);
  if (!isMap(contents)) throw new TypeError('values.yaml is not a map');
  const rows = valuesOf(contents, []).map(row).join('\n');
  return format(`${PREFACE}\n\n| value | default | meaning |\n| --- | --- | --- |\n${rows}\n`, {
    parser: 'markdown',
    singleQuote: true,
    printWidth: 110,
  });
}

interface Value {
  readonly path: readonly string[];
  readonly fallback: string;
  readonly meaning: string;
}

/** The values with their own comment. A value that holds others is described by them. */
function valuesOf(map: YAMLMap, above: readonly string[]): Value[] {
  return map.items.filter(isPair).flatMap((pair, index) => {
    const path = [...above, String((pair.key as Scalar).value)];
    const below = isMap(pair.value) ? valuesOf(pair.value, path) : [];
    if (below.length > 0) return below;
    const meaning = meaningOf(commentOf(pair, index === 0 ? map : undefined));
    return meaning === undefined ? [] : [{ path, meaning, fallback: fallbackOf(pair.value) }];
  });
}

/** The parser gives the comment above a map's first key to the map. */
function commentOf(pair: Pair, map: YAMLMap | undefined): string {
  const { key } = pair;
  return [map?.commentBefore, isScalar(key) ? key.commentBefore : undefined].filter(Boolean).join('\n');
}

function meaningOf(comment: string): string | undefined {
  const at = comment.lastIndexOf(' -- ');
  return at < 0 ? undefined : comment.slice(at + 4).replace(/\s*\n\s*/g, ' ');
}

function fallbackOf(value: unknown): string {
  const plain: unknown = isNode(value) ? value.toJSON() : value;
  return stringify(plain, { collectionStyle: 'flow', lineWidth: 0 }).trim();
}

function row({ path, fallback, meaning }: Value): string {
  const cells = [`\`${path.join('.')}\``, `\`${fallback}\``, meaning];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

const PREFACE = `# Values of the chart

Generated from values.yaml by \`npm run docs:generate\`; do not edit. How to install, override and watch: [k8s/README.md](../README.md).

The values are closed: one that is not in this table is refused, as is a property that is not in [docs/configuration.md](../../docs/configuration.md).`;

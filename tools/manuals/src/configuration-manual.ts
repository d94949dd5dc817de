import { type PropertyDescription, type Section, describeProperties } from '@comms/config';
import type { DaemonCatalogue } from '@comms/daemons';
import { RUNTIME_SECTIONS } from '@comms/daemon-runtime';
import { format } from 'prettier';

/** The manual of all properties, as Markdown: one table per configuration class, with the daemons that read it. */
export async function configurationManual(catalogue: DaemonCatalogue): Promise<string> {
  const chapters = [...chaptersOf(catalogue).values()].map(renderChapter);
  return format([PREFACE, ...chapters].join('\n\n'), { parser: 'markdown' });
}

/** One configuration class, under each prefix that it is loaded with. */
interface Chapter {
  readonly daemons: string[];
  readonly prefixes: string[];
  readonly section: Section;
}

function chaptersOf(catalogue: DaemonCatalogue): Map<string, Chapter> {
  const chapters = new Map<string, Chapter>();
  for (const [daemon, { sections }] of Object.entries(catalogue)) {
    for (const section of [...sections, ...RUNTIME_SECTIONS]) {
      const chapter = chapters.get(section.type.name) ?? { daemons: [], prefixes: [], section };
      chapter.daemons.push(daemon);
      if (section.prefix) chapter.prefixes.push(section.prefix);
      chapters.set(section.type.name, chapter);
    }
  }
  return chapters;
}

function renderChapter({ daemons, prefixes, section }: Chapter): string {
  const shared = prefixes.length > 1;
  const properties = describeProperties([shared ? { ...section, prefix: 'comms.<d>.monitor' } : section]);
  const readers = daemons.length === 4 ? 'Read by every daemon.' : `Read by ${daemons.join(', ')}.`;
  const placeholder = shared ? ` \`<d>\` is ${prefixes.map(daemonWord).join(', ')}.` : '';
  return [
    `## ${title(section.type.name)}`,
    `${readers}${placeholder}`,
    '| key | default | allowed | meaning |',
    '| --- | --- | --- | --- |',
  ]
    .join('\n\n')
    .replace('|\n\n|', '|\n|')
    .concat('\n', properties.map(renderProperty).join('\n'));
}

function renderProperty(property: PropertyDescription): string {
  const fallback = property.required ? '(required)' : defaultCell(property);
  const secret = property.secret ? ' A secret: shown masked, best given as a file.' : '';
  const cells = [`\`${property.key}\``, fallback, property.allowed, property.description + secret];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function defaultCell({ default: text }: PropertyDescription): string {
  return text === undefined ? 'not set' : `\`${text}\``;
}

/** `ExtractConfig` becomes `Extract`, `TimeExclusionConfig` `Time exclusion`. */
function title(className: string): string {
  const words = className
    .replace(/Config$/, '')
    .replace(/(?<=[a-z])([A-Z])/g, (capital) => ` ${capital.toLowerCase()}`);
  return words;
}

/** `comms.sms.monitor` becomes `` `sms` ``. */
function daemonWord(prefix: string): string {
  return `\`${prefix.split('.')[1] ?? prefix}\``;
}

const PREFACE = `# Configuration

Generated from the configuration classes by \`npm run docs:generate\`; do not edit.

Sources, in this order; a later one wins: built-in default, the files that \`COMMS_CONFIG\` names (Java \`.properties\` rules, several files separated by
commas), environment variable, secret file.

- The environment variable of a key is the key in upper case, every dot and dash an underscore: \`comms.broker.url\` is
  \`COMMS_BROKER_URL\`. The form that drops dashes is accepted too; both set to different values is refused.
- With \`_FILE\` after it, the variable names a file that holds the value: \`COMMS_BROKER_PASSWORD_FILE\`. A trailing newline is not part of it.
- One file may serve all daemons. A key under \`comms.\` that no daemon knows is refused, with the nearest known one.
- A misspelt variable is refused, too: one whose name, underscores and case left out, is at most two letters away from a known one. Any other
  unknown variable that begins with \`COMMS_\`, and one whose name has dots, sets nothing and is reported in a warning. \`COMMS_TEST_…\`, and the variables that Kubernetes makes for Services, are ignored.
- Properties take no variables: a value that holds \`\${…}\` or \`$(…)\` is refused, because nothing has expanded it. So is one with invisible
  characters, such as a zero-width space. In a password both may be intended, so they only give a warning.
- Durations are written \`500ms\`, \`2s\`, \`5m\`, \`1h\`.

\`--check-config\` prints every fault and every warning at once and exits 78 where there is a fault, else 0; \`--print-config\` prints each property with its value and source. A directory for
files is tested with the rights of the user that runs the command: run it as the daemon's user.`;

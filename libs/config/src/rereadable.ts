import type { EventEmitter } from 'node:events';

import { refuses } from './fault.js';
import { type LoadedSection, loadSection } from './load-section.js';
import { type Section, sectionProperties } from './section.js';
import { type ProcessInputs, readSecretFile, type SourcedText, type SourcedValues } from './sources.js';

/** What happens to secret files that are read again. Nothing here ever holds their content. */
export type SecretFileEvents = EventEmitter<{
  /** The file holds another value than before, which is used from now on. */
  renewed: [SecretFile];
  /** The file cannot be used, so its last good value stays in use. Emitted once per fault of the file. */
  kept: [SecretFile & SecretFileTrouble];
}>;

export interface SecretFile {
  /** The key of the property. */
  readonly key: string;
  /** The path of the file. */
  readonly file: string;
}

export interface SecretFileTrouble {
  readonly code: keyof typeof SECRET_FILE_CODES;
  /** What is wrong, to be read after the file's name. */
  readonly text: string;
}

/** Each has a `meaning`, a sentence without its full stop, and a `remedy`; both in Markdown, with links from docs/. */
export const SECRET_FILE_CODES = {
  SECRET_FILE_UNREADABLE: {
    meaning: 'The file is not there, may not be read, is empty or is not UTF-8; `text` says which',
    remedy: 'its path, owner and mode; its content',
  },
  SECRET_FILE_REFUSED: {
    meaning: 'What the file holds is not allowed for `key`, as in [configuration.md](configuration.md)',
    remedy: 'a value that is, such as a URL with its special characters percent-encoded',
  },
} as const;

export interface SectionOrigin {
  readonly sources: SourcedValues;
  readonly readFile: ProcessInputs['readFile'];
  readonly events: SecretFileEvents;
}

/** A loaded section whose secret files may change. Its instance reads them again on request. */
export class RereadableSection {
  readonly loaded: LoadedSection;
  private readonly files: readonly SecretFile[];
  private instance: object;
  private values: ReadonlyMap<string, SourcedText>;
  /** The fault of each file that was reported last, by key. */
  private readonly reported = new Map<string, string>();

  constructor(
    private readonly section: Section,
    private readonly origin: SectionOrigin,
  ) {
    this.loaded = this.load(origin.sources);
    this.instance = this.loaded.instance;
    this.values = origin.sources.values;
    this.files = sectionProperties(section).flatMap(({ key }) => {
      const file = this.values.get(key)?.secretFile;
      return file === undefined ? [] : { key, file };
    });
  }

  private load(sources: SourcedValues): LoadedSection {
    return loadSection(this.section, sources, () => this.readAgain());
  }

  /** The instance with what the secret files hold now. A file that cannot be used leaves its last good value. */
  private readAgain(): object {
    for (const secret of this.files) {
      const trouble = this.readFile(secret);
      if (trouble) this.report(secret, trouble);
      else this.reported.delete(secret.key);
    }
    return this.instance;
  }

  private readFile({ key, file }: SecretFile): SecretFileTrouble | undefined {
    const read = readSecretFile(file, this.origin);
    if ('problem' in read) return { code: 'SECRET_FILE_UNREADABLE', text: read.problem };
    const known = this.values.get(key);
    if (known === undefined || read.value === known.text) return undefined;
    const values = new Map(this.values).set(key, { ...known, text: read.value });
    const { instance, faults } = this.load({ values, faults: [] });
    if (faults.some(refuses))
      return { code: 'SECRET_FILE_REFUSED', text: 'holds a value that is not allowed' };
    this.values = values;
    this.instance = instance;
    this.origin.events.emit('renewed', { key, file });
    return undefined;
  }

  private report(secret: SecretFile, trouble: SecretFileTrouble): void {
    if (this.reported.get(secret.key) === trouble.text) return;
    this.reported.set(secret.key, trouble.text);
    this.origin.events.emit('kept', { ...secret, ...trouble });
  }
}

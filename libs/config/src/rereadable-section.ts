import { refuses } from './fault.js';
import { loadSection } from './load-section.js';
import type { ProcessInputs } from './process-inputs.js';
import { readSecretFile } from './read-secret-file.js';
import type { SecretFile, SecretFileEvents, SecretFileTrouble } from './secret-file-events.js';
import type { Section } from './section.js';
import { sectionProperties } from './section-properties.js';
import type { SourcedText } from './sourced-values.js';

export interface SectionOrigin extends Pick<ProcessInputs, 'readFile'> {
  readonly section: Section;
  /** What all sources said, without a fault. */
  readonly values: ReadonlyMap<string, SourcedText>;
  readonly events: SecretFileEvents;
}

/** A loaded section whose secret files may change. */
export class RereadableSection {
  readonly #origin: SectionOrigin;
  readonly #files: readonly SecretFile[];
  #values: ReadonlyMap<string, SourcedText>;
  /** What ails a file, by key, as it was told last. */
  readonly #ailing = new Map<string, string>();

  constructor(
    private instance: object,
    origin: SectionOrigin,
  ) {
    this.#origin = origin;
    this.#values = origin.values;
    this.#files = sectionProperties(origin.section).flatMap(({ key }) => {
      const file = origin.values.get(key)?.secretFile;
      return file === undefined ? [] : { key, file };
    });
  }

  /** The instance with what the secret files hold now, or with the last good value of one that ails. */
  current(): object {
    for (const secret of this.#files) {
      const trouble = this.#readAgain(secret);
      if (trouble) this.#keep(secret, trouble);
      else this.#ailing.delete(secret.key);
    }
    return this.instance;
  }

  #readAgain({ key, file }: SecretFile): SecretFileTrouble | undefined {
    const { section, events } = this.#origin;
    const read = readSecretFile(file, this.#origin);
    if ('problem' in read) return { code: 'SECRET_FILE_UNREADABLE', text: read.problem };
    const known = this.#values.get(key);
    if (known === undefined || read.value === known.text) return undefined;
    const values = new Map(this.#values).set(key, { ...known, text: read.value });
    const { instance, faults } = loadSection(section, { values, faults: [] });
    if (faults.some(refuses))
      return { code: 'SECRET_FILE_REFUSED', text: 'holds a value that is not allowed' };
    this.#values = values;
    this.instance = instance;
    events.emit('renewed', { key, file });
    return undefined;
  }

  #keep(secret: SecretFile, trouble: SecretFileTrouble): void {
    if (this.#ailing.get(secret.key) === trouble.text) return;
    this.#ailing.set(secret.key, trouble.text);
    this.#origin.events.emit('kept', { ...secret, ...trouble });
  }
}

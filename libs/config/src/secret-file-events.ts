import type { EventEmitter } from 'node:events';

/** What becomes of secret files that are read again; see `current`. Nothing here ever holds their content. */
export type SecretFileEvents = EventEmitter<{
  /** The file holds another value than before, which is used from now on. */
  renewed: [SecretFile];
  /** The value that the file held before is used further on; told once, until the file is well again or ails otherwise. */
  kept: [SecretFile & SecretFileTrouble];
}>;

export interface SecretFile {
  /** The key of the property. */
  readonly key: string;
  /** The path of the file. */
  readonly file: string;
}

export interface SecretFileTrouble {
  /**
   * - `SECRET_FILE_UNREADABLE`: it is not there, may not be read, is empty or no text.
   * - `SECRET_FILE_REFUSED`: the property does not allow what it holds.
   */
  readonly code: 'SECRET_FILE_UNREADABLE' | 'SECRET_FILE_REFUSED';
  /** What is wrong, to be read after the file's name. */
  readonly text: string;
}

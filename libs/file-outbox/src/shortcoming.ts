/** What a file system lacks that files can be delivered without. */
export interface Shortcoming {
  /**
   * - `DIRECTORY_SYNC_UNSUPPORTED`: it has no sync of directories.
   * - `FILE_MODE_REFUSED`: the mode of files is not 0640 and can't be changed.
   */
  readonly code: 'DIRECTORY_SYNC_UNSUPPORTED' | 'FILE_MODE_REFUSED';
  /** A sentence for operators. */
  readonly text: string;
}

/** Is told of a shortcoming each time that it is met. */
export type OnShortcoming = (shortcoming: Shortcoming) => void;

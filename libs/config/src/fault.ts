/** One mistake of an operator in the configuration, described so that the operator can correct it. */
export interface Fault {
  /** The property's key, or the environment variable where no single key is at fault. */
  readonly key: string;
  /** What is wrong, to be read after the key: `is "X"`, `is required when …`. Never holds a secret's value. */
  readonly problem: string;
  /** Where the value came from. A check leaves it out: the loader fills in the source of `key`. */
  readonly source?: string;
  /** What would be right, such as `1 to 65535`. A check leaves it out where the words of the property are enough. */
  readonly allowed?: string;
  /** The known key or variable that is spelt most like an unknown one. */
  readonly nearest?: string;
  /** `warning`: probably a mistake; it is reported, and the program starts all the same. Absent: it does not start. */
  readonly severity?: 'warning';
}

/** Whether a fault keeps the program from starting. */
export function refuses({ severity }: Fault): boolean {
  return severity === undefined;
}

/** What the program itself did wrong with its configuration classes. An operator's mistakes are {@link Fault}s. */
export type ConfigErrorCode =
  'CLASS_NOT_LOADED' | 'CLASS_LOADED_TWICE' | 'FIELD_NOT_DECLARED' | 'LIMIT_MALFORMED' | 'PREFIX_MISSING';

/** A broken promise between the program and this library, with a stable `code`. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(
    readonly code: ConfigErrorCode,
    message: string,
  ) {
    super(message);
  }
}

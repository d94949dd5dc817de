/** What the program itself got wrong about its configuration classes; an operator's mistakes are {@link Fault}s. */
export type ConfigErrorCode =
  'CLASS_NOT_LOADED' | 'CLASS_LOADED_TWICE' | 'FIELD_NOT_DECLARED' | 'PREFIX_MISSING';

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

/** What a property's text is read as; a duration (`500ms`, `2s`, `5m`, `1h`) becomes a number of milliseconds. */
export type PropertyType = keyof PropertyValues;

/** What the field of each type holds. */
export interface PropertyValues {
  string: string;
  integer: number;
  boolean: boolean;
  duration: number;
  list: readonly string[];
}

export type PropertyValue = PropertyValues[PropertyType];

/** How one property is read, judged, shown and documented. */
export interface PropertyOptions<T extends PropertyType = PropertyType> {
  readonly type: T;
  /** For the manual: one or two full sentences. */
  readonly description: string;
  /** Used when no source sets the property. Without one an unset property leaves its field `undefined`. */
  readonly default?: PropertyDefaults[T] | ((prefix: string) => string);
  /** Whether the property must be set. */
  readonly required?: boolean;
  /**
   * `true` hides the whole value, and takes it with the white space around it, which other values lose;
   * `url-password` hides the passwords of the URLs in it. Either way no fault shows any of the value.
   */
  readonly secret?: boolean | 'url-password';
  /** What the class-validator rules let through, in words, for faults and the manual: `1 to 65535`. */
  readonly allowed?: string;
}

/** Durations and lists are written as in a file: `2s`, `a,b`. */
interface PropertyDefaults {
  string: string;
  integer: number;
  boolean: boolean;
  duration: string;
  list: string;
}

/** One thing that is wrong with the configuration, told so that an operator can put it right. */
export interface Fault {
  /** The property's key, or the environment variable where no single key is at fault. */
  readonly key: string;
  /** What is wrong, to be read after the key: `is "X"`, `is required when …`. Never holds a secret's value. */
  readonly problem: string;
  /** Where the value came from. A check leaves it out: the loader fills in the source of `key`. */
  readonly source?: string;
  /** What would be right, such as `1 to 65535`. A check leaves it out where the words of the property will do. */
  readonly allowed?: string;
  /** The known key or variable that is spelt most like an unknown one. */
  readonly nearest?: string;
  /** `warning`: probably a mistake; it is told, and the program starts all the same. Absent: it does not start. */
  readonly severity?: 'warning';
}

/** Whether a fault keeps the program from starting. */
export function refuses({ severity }: Fault): boolean {
  return severity === undefined;
}

/** A configuration class to load. */
export interface Section<T extends object = object> {
  readonly type: ConfigurationClass<T>;
  /** What the keys that start with a dot are relative to, such as `comms.sms.monitor`. */
  readonly prefix?: string;
}

/** A class whose fields carry `@Property`; it is made without arguments. */
export type ConfigurationClass<T extends object = object> = new () => T;

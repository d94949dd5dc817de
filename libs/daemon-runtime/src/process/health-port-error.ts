/** The health port cannot be opened: the daemon does not start, and has touched nothing. Stable codes. */
export class HealthPortError extends Error {
  override readonly name = 'HealthPortError';

  private constructor(
    readonly code: keyof typeof HEALTH_PORT_CODES,
    message: string,
    options: ErrorOptions,
  ) {
    super(message, options);
  }

  /** What to report of an error of `listen`: the property at fault where there is one, else the error itself. */
  static from(error: unknown, port: number): unknown {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const fault = FAULTS[String(code)];
    return fault ? new HealthPortError(fault.code, fault.text(port), { cause: error }) : error;
  }
}

/** Each has a `meaning`, a sentence without its full stop, and a `remedy`; both in Markdown, with links from docs/. */
export const HEALTH_PORT_CODES = {
  HEALTH_PORT_TAKEN: {
    meaning: 'Another program listens on `comms.health.port`',
    remedy: 'another port for one of them; `ss -ltnp` names the program',
  },
  HEALTH_PORT_FORBIDDEN: {
    meaning: 'The user of the daemon may not listen on `comms.health.port`',
    remedy: 'a port from 1024 up',
  },
  HEALTH_HOST_UNKNOWN: {
    meaning: '`comms.health.host` is no address of this machine',
    remedy: 'set one of its addresses, or none: then the daemon listens on all',
  },
} as const;

const HOST_UNKNOWN: Fault = {
  code: 'HEALTH_HOST_UNKNOWN',
  text: () => 'comms.health.host is not an address of this machine',
};

const FAULTS: Readonly<Record<string, Fault>> = {
  EADDRINUSE: {
    code: 'HEALTH_PORT_TAKEN',
    text: (port) => `comms.health.port is ${port}, and another program listens on that port`,
  },
  EACCES: {
    code: 'HEALTH_PORT_FORBIDDEN',
    text: (port) => `comms.health.port is ${port}, and this user may not listen on that port`,
  },
  EADDRNOTAVAIL: HOST_UNKNOWN,
  ENOTFOUND: HOST_UNKNOWN,
};

interface Fault {
  readonly code: HealthPortError['code'];
  text(port: number): string;
}

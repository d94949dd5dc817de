/** The document at `/health`, as operators and supervisors may rely on it. */
export interface HealthDocument {
  readonly status: string;
  readonly app: string;
  readonly version: string;
  readonly daemon: { readonly type: string; readonly category: string; readonly activity: string };
  readonly database: HealthPart;
  readonly broker?: HealthPart;
  readonly directory?: HealthPart;
  readonly lastCycle: {
    readonly startedAt: string;
    readonly finishedAt: string | null;
    readonly distributed: number;
    readonly retried: number;
    readonly failed: number;
  } | null;
  readonly backlog: {
    readonly waiting: number;
    readonly retrying: number;
    readonly error: number;
    readonly lapsed: number;
    readonly setAside: number;
    readonly oldestWaitingSeconds: number;
  } | null;
  readonly lastError: { readonly code: string; readonly at: string } | null;
}

export interface HealthPart {
  readonly status: string;
  readonly since: string;
  readonly name?: string;
  readonly code?: string;
  readonly text?: string;
}

import type { ConfigurationRequest } from '@comms/config';
import type { DynamicModule, Type } from '@nestjs/common';
import type { BacklogSource } from './health/backlog.js';
import type { HealthContributor } from './health/part.js';
import type { Trouble } from './loop/poller.js';

/**
 * All that the runtime needs to know of one daemon; also the token by which Nest injects it. Around it the runtime puts
 * the schedule, the loop, health, metrics, and the end of the process.
 */
export abstract class Daemon {
  /** How the daemon is shown to operators. */
  abstract readonly identity: DaemonIdentity;
  /** When to look for work; see `parseSchedule`. */
  abstract readonly schedule: string;
  /** Whether to look again soon after a cycle that found rows; see `FollowUp`. */
  abstract readonly followUp: boolean;
  /** When false the daemon starts and is healthy, but never polls. */
  abstract readonly enabled: boolean;
  /** How many batches of a backlog may be in hand at a time; at least 1. */
  abstract readonly batchesInHand: number;
  /** What the daemon depends on, as health shows it. */
  abstract readonly parts: readonly HealthContributor[];
  /** Counts the rows that wait for it. */
  abstract readonly backlog: BacklogSource;
  /**
   * Does one batch. One call looks for work; while calls return `more`, or one takes longer than a second and a beat
   * comes, up to `batchesInHand` calls are under way at a time. Once there is nothing more to do, none is made before the next beat. When it throws, the runtime reports why
   * in log, health and metrics, and pauses the loop.
   */
  abstract poll(): Promise<PollReport>;
  /**
   * As `Service.start`: connects what is needed.
   * @param wake called when rows may have come, so that the daemon need not wait for its next beat; perhaps too often,
   *   late or never
   */
  abstract start(wake: () => void): void;
  /** As `Service.stop`; called after the last batch has ended, or was given up at the drain limit and may still be in hand. */
  abstract stop(): Promise<void>;
}

/** A daemon that is assembled as a plain object. */
export type AssembledDaemon = Pick<Daemon, keyof Daemon>;

export interface DaemonIdentity {
  /** Such as `Transmission`. */
  readonly type: string;
  /** Such as `Comms`. */
  readonly category: string;
  /** Such as `Push To Handset`. */
  readonly activity: string;
}

/** What one poll did. The runtime logs and counts it; an idle poll logs nothing. */
export interface PollReport {
  /** `more` when the batch was full, so that more rows are likely to wait. */
  readonly next: 'more' | 'idle';
  /** Rows that were put, or that comms-monitor moved on. */
  readonly distributed: number;
  /** Rows at fault that are to be tried again, and so became `R`. */
  readonly retried: number;
  /** Rows that are not to be tried again: they became `E`, or were set aside. */
  readonly failed: number;
  /** What keeps the daemon from its work through no row's fault, such as a broker that is down: the loop pauses. */
  readonly trouble?: Trouble;
}

/** One daemon: its name, its module, and its configuration without the runtime's. */
export interface DaemonDefinition extends ConfigurationRequest {
  /** Such as `push-to-handset`. */
  readonly app: string;
  /** Exports a `Daemon`. */
  readonly module: Type | DynamicModule;
}

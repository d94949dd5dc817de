/** The processes of one subject, connected and at rest. */
export interface Contestant {
  readonly pids: readonly number[];
  /** Resolves with what went wrong when one of them ends by itself; never otherwise. */
  readonly failure: Promise<Error>;
  /**
   * Lets it work on what was committed at that moment; answers the moment since when it could have worked: now for one
   * that has to be told, the commit itself for one that looks by itself all the time.
   */
  begin(committed: number): Promise<number>;
  /** Resolves when it takes no new work and has nothing in hand. */
  rest(): Promise<void>;
  stop(): Promise<void>;
}

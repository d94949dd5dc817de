/** The statuses of a distribution row, in the order of a comm's life. */
export const DISTRIBUTION_STATUSES = ['A', 'D', 'S', 'P', 'R', 'E'] as const;

/** One character, the value of `distribution_status`. */
export type DistributionStatus = (typeof DISTRIBUTION_STATUSES)[number];

/** The text that an agent reads on the screen. */
export const STATUS_TEXTS: Readonly<Record<DistributionStatus, string>> = {
  A: 'Awaiting Merge',
  D: 'Awaiting Distribution',
  S: 'Sent',
  P: 'Published',
  R: 'Error Retry',
  E: 'Error No Retry',
};

/**
 * Who may move a row from which status to which; every other move is a defect. The types of verdicts and of the moves of
 * comms-monitor come from this table, so the compiler refuses another status there. README.md draws the table, and a
 * spec compares them.
 */
export const LEGAL_MOVES = {
  upstream: ['A>D'],
  daemon: ['D>S', 'D>P', 'D>R', 'D>E'],
  monitor: ['D>P', 'R>D'],
  operator: ['E>D', 'R>D'],
  acknowledgement: ['S>E', 'P>E', 'P>S'],
} as const satisfies Record<string, readonly `${DistributionStatus}>${DistributionStatus}`[]>;

export type StatusMover = keyof typeof LEGAL_MOVES;

/** A legal move of `Mover`, such as `R>D`. */
export type MoveOf<Mover extends StatusMover> = (typeof LEGAL_MOVES)[Mover][number];

/** The statuses that `Mover` may give to a row at `From`. */
export type MovedTo<Mover extends StatusMover, From extends DistributionStatus> =
  MoveOf<Mover> extends infer Move ? (Move extends `${From}>${infer To}` ? To : never) : never;

/** The status that a delivered row gets; which of the two is the operator's choice. */
export type DeliveredStatus = Extract<MovedTo<'daemon', 'D'>, 'S' | 'P'>;

/** The two ends of a move. */
export function endsOf(move: MoveOf<StatusMover>): { from: DistributionStatus; to: DistributionStatus } {
  const [from, to] = move.split('>') as [DistributionStatus, DistributionStatus];
  return { from, to };
}

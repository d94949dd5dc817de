/** Why the benchmark was told to end, by its user or by the system. */
export class Interruption extends Error {
  override readonly name = 'Interruption';

  constructor(readonly signal: NodeJS.Signals) {
    super(`ended by ${signal}`);
  }
}

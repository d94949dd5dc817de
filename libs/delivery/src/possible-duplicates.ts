/**
 * Remembers which distributions may have been put without their row saying so: those in hand now, and those whose
 * outcome or whose status update stayed unknown. It lives as long as the process.
 */
export class PossibleDuplicates {
  private readonly ids = new Set<string>();

  has(distributionId: string): boolean {
    return this.ids.has(distributionId);
  }

  /** To be called before a put. */
  suspect(distributionId: string): void {
    this.ids.add(distributionId);
  }

  /** To be called once a row's status is written, or when a first try certainly put nothing. */
  clear(distributionId: string): void {
    this.ids.delete(distributionId);
  }
}

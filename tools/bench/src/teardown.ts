/** What must be ended or removed again, whatever happens in between. */
export class Teardown {
  readonly #steps: (() => Promise<unknown>)[] = [];

  add(end: () => Promise<unknown>): void {
    this.#steps.push(end);
  }

  /** Takes all steps, the last one first. One that fails holds up no other; answers what went wrong. */
  async run(): Promise<readonly unknown[]> {
    const faults: unknown[] = [];
    for (let end = this.#steps.pop(); end !== undefined; end = this.#steps.pop()) {
      await end().catch((fault: unknown) => faults.push(fault));
    }
    return faults;
  }
}

/** Something that is waited for until the test opens it. */
export class Gate {
  readonly opened: Promise<void>;
  private resolve!: () => void;

  constructor() {
    this.opened = new Promise((resolve) => {
      this.resolve = resolve;
    });
  }

  open(): void {
    this.resolve();
  }
}

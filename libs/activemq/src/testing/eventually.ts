/** Waits until `condition` holds; rejects with its name after fifty seconds. */
export async function eventually(name: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 50_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not within 50 seconds: ${name}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

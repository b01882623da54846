import { writeFileSync } from 'node:fs';

/** What the child process sends back: its result, or an error message. */
export type FromProcess =
  | { readonly is: 'made'; readonly bytes: Uint8Array }
  | { readonly is: 'failed'; readonly message: string; readonly stack: string | null };

/** Runs in a process started by `runInProcess`: creates one result from its input, and exits. */
export function makeOnce<I>(make: (input: I) => Uint8Array | Promise<Uint8Array>): void {
  try {
    // Makes the kernel end this process first if memory runs out.
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // Not Linux.
  }
  // The result was received, or the server is gone.
  process.once('disconnect', () => process.exit(0));
  process.once('message', (input) => void answer(() => make(input as I)));
}

async function answer(make: () => Uint8Array | Promise<Uint8Array>): Promise<void> {
  let answer: FromProcess;
  try {
    answer = { is: 'made', bytes: await make() };
  } catch (error) {
    const { message, stack = null } = error instanceof Error ? error : new Error(String(error));
    answer = { is: 'failed', message, stack };
  }
  process.send?.(answer);
}

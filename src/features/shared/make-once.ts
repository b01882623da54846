import { writeFileSync } from 'node:fs';

/** What the process sends back: what it made, or the words of the mistake. */
export type FromProcess =
  | { readonly is: 'made'; readonly bytes: Uint8Array }
  | { readonly is: 'failed'; readonly message: string; readonly stack: string | null };

/** What a process does that `madeApart` started: it makes one thing of what it is sent, and ends. */
export function makeOnce<I>(make: (input: I) => Uint8Array | Promise<Uint8Array>): void {
  try {
    // The first that the kernel ends where memory is gone.
    writeFileSync('/proc/self/oom_score_adj', '1000');
  } catch {
    // Not Linux.
  }
  // Its answer was taken, or the server is gone.
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

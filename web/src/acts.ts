import type { QueryKey } from '@tanstack/react-query';
import { queries } from './api.ts';
import { explainError } from './ui/explain-error.ts';
import { toast } from './ui/toast.tsx';

/** After a change: refetches what it affected (default: everything), then shows that it is done. */
export async function done(text: string, ...touched: readonly QueryKey[]): Promise<void> {
  await reread(touched);
  toast({ kind: 'done', text });
}

/** The same, with an offer to undo it while the message is shown. `undo` does the opposite. */
export async function undoable(
  text: string,
  undo: () => Promise<unknown>,
  ...touched: readonly QueryKey[]
): Promise<void> {
  await reread(touched);
  const back = () => undo().then(() => done('Undone.', ...touched), failed);
  toast({ kind: 'done', text, undo: () => void back() });
}

/**
 * Refetches what a change affected (default: everything) and waits until pages have rendered it, because the cache
 * notifies them in a timer. A form stays busy until then, so that `Steady` renders what was stored.
 */
export async function reread(touched: readonly QueryKey[]): Promise<void> {
  if (touched.length === 0) await queries.invalidateQueries();
  else await Promise.all(touched.map((queryKey) => queries.invalidateQueries({ queryKey })));
  await new Promise((resolve) => setTimeout(resolve));
}

/** Shows why something failed, outside of forms: `onError: failed`. */
export function failed(error: unknown): void {
  toast({ kind: 'failed', text: explainError(error).text });
}

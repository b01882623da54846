import type { QueryKey } from '@tanstack/react-query';
import { queries } from './api.ts';
import { explainError } from './ui/explain-error.ts';
import { toast } from './ui/toast.tsx';

/** After a change: has what it touched read again (everything, unless told), then says that it is done. */
export async function done(text: string, ...touched: readonly QueryKey[]): Promise<void> {
  await reread(touched);
  toast({ kind: 'done', text });
}

/** The same, and offers to undo it for as long as the message is shown. `undo` does the opposite. */
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
 * Has what a change touched read again (everything, unless named), and waits until pages draw it: what is read is passed
 * on to them by a timer. A form that is saved stays busy until then, so that `Steady` draws what was stored.
 */
export async function reread(touched: readonly QueryKey[]): Promise<void> {
  if (touched.length === 0) await queries.invalidateQueries();
  else await Promise.all(touched.map((queryKey) => queries.invalidateQueries({ queryKey })));
  await new Promise((resolve) => setTimeout(resolve));
}

/** Says why something was not done, where no form does: `onError: failed`. */
export function failed(error: unknown): void {
  toast({ kind: 'failed', text: explainError(error).text });
}

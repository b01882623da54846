import type { QueryKey } from '@tanstack/react-query';
import { queries } from './api.ts';
import { explainError } from './ui/explain-error.ts';
import { toast } from './ui/toast.tsx';

/** After a change: has what it touched read anew (everything, unless told), then says that it is done. */
export async function done(text: string, ...touched: readonly QueryKey[]): Promise<void> {
  if (touched.length === 0) await queries.invalidateQueries();
  else await Promise.all(touched.map((queryKey) => queries.invalidateQueries({ queryKey })));
  toast({ kind: 'done', text });
}

/** Says why something was not done, where no form does: `onError: failed`. */
export function failed(error: unknown): void {
  toast({ kind: 'failed', text: explainError(error).text });
}

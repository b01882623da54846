import type { ForeignTaskName } from './tasks.ts';

/** A request to the thread. */
export interface ToForeign {
  readonly task: ForeignTaskName;
  readonly input: unknown;
}

/** Messages from the thread: `begun` when the libraries are loaded, then one of the others. */
export type FromForeign =
  | { readonly is: 'begun' }
  /** As JSON. */
  | { readonly is: 'done'; readonly answer: string }
  | {
      readonly is: 'refused';
      readonly message: string;
      readonly row: number | null;
      readonly column: string | null;
    }
  | { readonly is: 'too_large' }
  | { readonly is: 'failed'; readonly message: string };

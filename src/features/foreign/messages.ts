import type { ForeignTaskName } from './tasks.ts';

/** To the thread: one thing to read. */
export interface ToForeign {
  readonly task: ForeignTaskName;
  readonly input: unknown;
}

/** Back from it: `begun` once the libraries are loaded, then one of the others. */
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

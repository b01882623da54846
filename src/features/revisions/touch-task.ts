import type { Change } from '#domain/catalogue-changes/changes.ts';
import { type EntryKind, withEntries } from '#domain/catalogue-changes/entries.ts';
import { touchOf } from '#domain/catalogue-changes/touch.ts';
import { type UseContext, useOf } from '#domain/catalogue-changes/use.ts';
import { EvaluationState } from '#domain/decide/context.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    touchedBy: typeof touchedBy;
  }
}

interface Patch {
  readonly kind: EntryKind;
  readonly id: string;
  readonly body: unknown;
}

export interface TouchParams {
  readonly changes: readonly Change[];
  /** Entries of this server's catalogue that differ before and after the changes. */
  readonly before: readonly Patch[];
  readonly after: readonly Patch[];
  readonly beside: UseContext;
}

/** Why each change affects the client, in the order of the changes; null: it does not. */
export function touchedBy({ shared }: TaskInput, params: TouchParams): readonly (string | null)[] {
  const { input } = shared;
  const before = withEntries(input.catalogue, params.before);
  const after = withEntries(input.catalogue, params.after);
  const use = useOf(
    new EvaluationState({ ...input, catalogue: before }),
    new EvaluationState({ ...input, catalogue: after }),
    params.beside,
  );
  return params.changes.map((change) => touchOf(change, use, { before, after }, params.changes));
}

import { ALL_KINDS, type Kind } from '#domain/model/kinds.ts';
import type { TaskInput } from '../../shared/services/tasks.ts';
import { ANY_AGE, observationsOf } from '../preview-task.ts';

declare module '../../shared/services/tasks.ts' {
  interface Tasks {
    readingStates: typeof readingStates;
  }
}

export interface ReadingStates {
  /** Readings used by verdicts, whatever their age. */
  readonly counting: readonly string[];
  /** Readings of one kind and day that differ, so that none is current. */
  readonly rivals: readonly string[];
  /** The newest of their kind, which may be of another organization, so that nothing that needs the list is decided. */
  readonly questioned: readonly { readonly id: string; readonly why: string }[];
}

/** Questions about the newest file of a kind that setting it aside answers. */
const WHOSE = new Set(['other_list', 'other_organization']);

/** Determines which stored readings are current, and which contradict each other. */
export function readingStates({ facts, shared }: Pick<TaskInput, 'facts' | 'shared'>): ReadingStates {
  const each = ALL_KINDS.map((kind: Kind) => {
    const now = shared.read(kind, ANY_AGE);
    const history = now.ok || !WHOSE.has(now.howToGet.detail) ? [] : shared.history(kind);
    const newest = history.filter(({ observedOn }) => observedOn === history.at(-1)?.observedOn);
    const why = now.ok ? '' : now.why;
    return {
      counting: observationsOf(kind, now.ok ? now.readings : [], facts.observations),
      rivals: observationsOf(kind, now.ok ? [] : (now.rivals ?? []), facts.observations),
      questioned: observationsOf(kind, newest, facts.observations).map((id) => ({ id, why })),
    };
  });
  return {
    counting: each.flatMap(({ counting }) => counting),
    rivals: each.flatMap(({ rivals }) => rivals),
    questioned: each.flatMap(({ questioned }) => questioned),
  };
}

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
}

/** Determines which stored readings are current, and which contradict each other. */
export function readingStates({ facts, shared }: Pick<TaskInput, 'facts' | 'shared'>): ReadingStates {
  const each = ALL_KINDS.map((kind: Kind) => {
    const now = shared.read(kind, ANY_AGE);
    return {
      counting: observationsOf(kind, now.ok ? now.readings : [], facts.observations),
      rivals: observationsOf(kind, now.ok ? [] : (now.rivals ?? []), facts.observations),
    };
  });
  return {
    counting: each.flatMap(({ counting }) => counting),
    rivals: each.flatMap(({ rivals }) => rivals),
  };
}

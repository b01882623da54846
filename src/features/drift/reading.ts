import { driftFrom } from '#domain/drift/drift.ts';
import type { Drift, Status } from '#domain/drift/types.ts';
import type { Evidence } from '#domain/model/reading.ts';
import type { Facts } from '../shared/services/facts.ts';
import type { TaskInput } from '../shared/services/tasks.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    drift: typeof driftReading;
  }
}

/** The status of an item, with the instant at which its reading was stored. */
export interface StoredStatus extends Status {
  readonly key: string;
  /** null if it comes from an event of a log, or the reading is not stored yet. */
  readonly storedAt: string | null;
}

export interface DriftReading extends Omit<Drift, 'status'> {
  readonly status: readonly StoredStatus[];
}

/** Drift from the charter in force, as plain data. */
export function driftReading({ shared, facts }: TaskInput): DriftReading {
  const { status, ...drift } = driftFrom(shared);
  const stored = storedInstants(facts);
  return {
    ...drift,
    status: [...status].map(([key, one]) => ({
      ...one,
      key,
      storedAt: stored(one.evidence),
    })),
  };
}

/** Maps evidence to the instant at which its reading was stored; null if it is not a reading or not stored yet. */
export function storedInstants({ observations }: Facts): (evidence: Evidence | null) => string | null {
  const stored = new Map<string, string>();
  for (const { kind, file, received, storedAt } of observations) {
    if (storedAt === null) continue;
    const key = `${kind} ${file} ${received}`;
    if (storedAt > (stored.get(key) ?? '')) stored.set(key, storedAt);
  }
  return (evidence) =>
    evidence === null
      ? null
      : (stored.get(`${evidence.kind} ${evidence.file} ${evidence.observedOn}`) ?? null);
}

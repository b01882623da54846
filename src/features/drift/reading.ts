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

/** How a thing stands, with the instant at which the reading behind it was stored. */
export interface StoredStatus extends Status {
  readonly key: string;
  /** null: an event of a log shows it, or the reading is not stored yet. */
  readonly storedAt: string | null;
}

export interface DriftReading extends Omit<Drift, 'status'> {
  readonly status: readonly StoredStatus[];
}

/** What departs from the charter in force, as plain data. */
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

/** When the reading that evidence cites was stored; null: it is no reading, or is not stored yet. */
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

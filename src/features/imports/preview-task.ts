import { EvaluationState } from '#domain/decide/context.ts';
import { decideControl } from '#domain/decide/decide.ts';
import { KINDS, type Kind } from '#domain/model/kinds.ts';
import type { DateFrom } from '#domain/model/reading.ts';
import type { State } from '#domain/model/verdict.ts';
import { dayWords } from '#domain/text/words.ts';
import type { FileReport } from '#sources/exports/file-kind.ts';
import type { Moment } from '../shared/moment.ts';
import type { Facts } from '../shared/services/facts.ts';
import type { TaskInput } from '../shared/services/tasks.ts';
import { compareRows, type RowDifference } from './row-diff.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    importEffect: typeof importEffect;
  }
}

/** A staged reading, dated together with the others and with stored ones. */
export interface DatedReading {
  readonly observation: string;
  readonly day: string;
  readonly from: DateFrom;
  /** taken: it becomes current · replaced: a newer one is current · copy: the same bytes are already stored */
  readonly outcome: 'taken' | 'replaced' | 'copy';
}

/** What an import changes in the readings of one kind. */
export interface KindChange {
  readonly kind: Kind;
  readonly before: { readonly observedOn: string; readonly rows: number } | null;
  readonly after: { readonly observedOn: string; readonly rows: number } | null;
  readonly difference: RowDifference | null;
  /** What a person has to know in addition to the numbers; null: nothing. */
  readonly says: string | null;
  /** Observation ids of readings of one day that differ, of which a person chooses the current one. */
  readonly rivals: readonly string[];
}

export interface ImportEffect {
  readonly readings: readonly DatedReading[];
  readonly kinds: readonly KindChange[];
  readonly verdicts: readonly {
    readonly control: string;
    readonly state: State;
    readonly reason: string;
    readonly items: readonly string[];
  }[];
}

interface Input {
  readonly facts: Facts;
  readonly shared: EvaluationState;
  readonly files: readonly FileReport[];
  readonly moment: Moment;
  readonly compose: TaskInput['compose'];
}

/** Any age is compared here, because the question is what is stored, not whether it is current. */
export const ANY_AGE = 1_000_000;

/**
 * Computes what storing an import would change: days, rows and verdicts. `facts` include what it adds to the stored
 * facts.
 */
export function importEffect({ facts, shared, files, moment, compose }: Input): ImportEffect {
  const readings = facts.observations.flatMap((meta, index): DatedReading[] => {
    const report = files[index];
    if (meta.storedAt !== null || report === undefined) return [];
    return [
      {
        observation: meta.id,
        day: report.observedOn ?? moment.today,
        from: report.dateFrom ?? 'saved',
        outcome: report.outcome === 'ignored' ? 'copy' : report.outcome === 'replaced' ? 'replaced' : 'taken',
      },
    ];
  });
  const fresh = new Set(
    readings.filter(({ outcome }) => outcome !== 'copy').map(({ observation }) => observation),
  );
  const kinds = [...new Set(facts.observations.filter(({ id }) => fresh.has(id)).map(({ kind }) => kind))];
  const stored = { ...facts, observations: facts.observations.filter(({ storedAt }) => storedAt !== null) };
  const before = new EvaluationState(compose(stored));
  return {
    readings,
    kinds: kinds.map((kind) => kindChange(kind, before, shared, facts.observations)),
    verdicts: shared.input.catalogue.controls.map((control) => {
      const verdict = decideControl(control, shared);
      return {
        control: verdict.control,
        state: verdict.state,
        reason: verdict.reason,
        items: verdict.items.map(({ key }) => key),
      };
    }),
  };
}

function kindChange<K extends Kind>(
  kind: K,
  stored: EvaluationState,
  shared: EvaluationState,
  observations: Facts['observations'],
): KindChange {
  const was = stored.read(kind, ANY_AGE);
  const now = shared.read(kind, ANY_AGE);
  const before = was.ok ? { observedOn: was.observedOn, rows: was.rows.length } : null;
  if (!now.ok) {
    const rivals = observationsOf(kind, now.rivals ?? [], observations);
    return { kind, before, after: null, difference: null, says: now.why, rivals };
  }
  const after = { observedOn: newest(now.readings), rows: now.rows.length };
  const difference = compareRows(kind, was.ok ? was.rows : [], now.rows, shared.input.profile.timezone);
  const same = difference.counts.new === 0 && difference.counts.gone === 0 && difference.counts.changed === 0;
  const older = was.ok && newest(was.readings) === after.observedOn;
  return {
    kind,
    before,
    after,
    difference,
    says: !was.ok
      ? null
      : same && !older
        ? `Nothing changed since ${dayWords(newest(was.readings))}; it was read again.`
        : same && older && KINDS[kind].shape === 'snapshot'
          ? `The reading of ${dayWords(after.observedOn)} continues to count.`
          : null,
    rivals: [],
  };
}

/** Observation ids of the readings of a kind. */
export function observationsOf(
  kind: Kind,
  readings: readonly { readonly file: string; readonly sha256: string }[],
  observations: Facts['observations'],
): readonly string[] {
  const named = new Set(readings.map(({ file, sha256 }) => `${sha256} ${file}`));
  return observations.flatMap((one) =>
    one.kind === kind && named.has(`${one.sha256} ${one.file}`) ? [one.id] : [],
  );
}

function newest(readings: readonly { readonly observedOn: string }[]): string {
  return readings.reduce((day, { observedOn }) => (observedOn > day ? observedOn : day), '');
}

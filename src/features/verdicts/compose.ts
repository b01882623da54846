import { OF_EACH } from '#domain/decide/current.ts';
import type { DecisionInput } from '#domain/decide/input.ts';
import { arePagesOfOne } from '#domain/decide/pages-of-list.ts';
import { haveDifferentSubjects } from '#domain/decide/reading-subject.ts';
import { statesSameDay } from '#domain/decide/same-readings.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { KINDS } from '#domain/model/kinds.ts';
import type { Reading } from '#domain/model/reading.ts';
import type { FileReport, Mapping, Note, Parsed } from '#sources/exports/file-kind.ts';
import { settleReadings } from '#sources/exports/folder/readings.ts';
import type { Moment } from '../shared/moment.ts';
import type { Facts, ObservationMeta } from '../shared/services/facts.ts';
import { liveReadings } from './live.ts';
import { registerReadings } from './policy-register.ts';

/** Returns the rows of an observation by its id. */
export type RowsOf = (id: string) => readonly unknown[];

/** Converts stored facts to the input of `decide`, the same as if the files were in one folder. */
export function composeInput(
  facts: Facts,
  rowsOf: RowsOf,
  catalogue: Catalogue,
  moment: Moment,
): { readonly input: DecisionInput; readonly files: readonly FileReport[] } {
  const found = facts.observations.map((meta) => ({ meta, found: foundReading(meta, rowsOf) }));
  const settled = settleReadings(
    found.map((one) => one.found),
    facts.dating === undefined ? (facts.journal?.value ?? null) : facts.dating,
    facts.profile.timezone,
    moment.today,
  );
  // Keyed by the list of rows: two observations may be different interpretations of one file.
  const metaOf = new Map(found.map(({ meta, found: { parsed } }) => [parsed.rows as unknown, meta]));
  const readings: Record<string, Reading[]> = {};
  for (const list of Object.values(settled.readings)) {
    for (const reading of lastOfEachDay(list as readonly Reading[], metaOf))
      readings[reading.kind] = [...(readings[reading.kind] ?? []), withProvenance(reading, metaOf)];
  }
  for (const reading of liveReadings(facts.live, rowsOf, facts.profile.timezone, moment))
    readings.activities = [...(readings.activities ?? []), reading];
  for (const reading of registerReadings(facts.policyRegister, facts.charter?.value ?? null, moment))
    readings.acknowledgements = [...(readings.acknowledgements ?? []), reading];
  const recording = facts.live?.recording ?? null;
  return {
    input: {
      // The current state says nothing about an earlier day.
      ...(recording === null || recording.at > moment.now ? {} : { recording }),
      catalogue,
      profile: facts.profile,
      charter: facts.charter,
      charterVersions: facts.charterVersions,
      journal: facts.journal,
      attestations: facts.attestations,
      accountSteps: facts.accountSteps,
      readings,
      unusableFiles: Object.groupBy(facts.unusable, ({ kind }) => kind),
      ...moment,
    },
    files: settled.reports,
  };
}

type MetaOf = ReadonlyMap<unknown, ObservationMeta>;

function metaFor(reading: Reading, metaOf: MetaOf): ObservationMeta | undefined {
  return metaOf.get(reading.rows);
}

function withProvenance(reading: Reading, metaOf: MetaOf): Reading {
  const meta = metaFor(reading, metaOf);
  if (meta === undefined) return reading;
  const { provenance, storedAt } = meta;
  return {
    ...reading,
    provenance,
    ...(storedAt === null ? {} : { storedOn: storedAt.slice(0, 10), storedAt }),
  };
}

/**
 * Two different snapshots of one day contradict each other if they are stored together. If one was stored later, its
 * importer saw in the preview what it replaces, so the later one is current.
 */
function lastOfEachDay(list: readonly Reading[], metaOf: MetaOf): readonly Reading[] {
  return list.filter((reading) => {
    const own = metaFor(reading, metaOf);
    if (KINDS[reading.kind].shape === 'log') {
      if (own === undefined) return true;
      return !list.some((other) => {
        const later = other === reading ? undefined : metaFor(other, metaOf);
        return later !== undefined && isAfter(later, own) && statesSameDay(reading, other);
      });
    }
    // What the later one does not cover remains, which is decided where organizations are known.
    if (OF_EACH.has(reading.kind)) return true;
    return !list.some((other) => {
      if (other === reading || other.observedOn !== reading.observedOn) return false;
      const later = metaFor(other, metaOf);
      if (own === undefined || later === undefined || own.importId === later.importId) return false;
      if (!isAfter(later, own) || arePagesOfOne(reading, other)) return false;
      return !haveDifferentSubjects([reading, other]);
    });
  });
}

/** An import being previewed is later than everything stored. */
function isAfter(a: ObservationMeta, b: ObservationMeta): boolean {
  if (a.storedAt === null || b.storedAt === null) return a.storedAt === null && b.storedAt !== null;
  return a.storedAt > b.storedAt;
}

function foundReading(meta: ObservationMeta, rowsOf: RowsOf) {
  const parsed: Parsed = {
    kind: meta.kind,
    rows: rowsOf(meta.id) as Parsed['rows'],
    complete: meta.complete,
    ...(meta.page ? { page: meta.page } : {}),
    ...(meta.covers ? { covers: meta.covers } : {}),
    ...(meta.asks ? { asks: meta.asks } : {}),
    observedOn: meta.contentDay,
    mapping: meta.mapping as readonly Mapping[],
    unmapped: meta.unmapped,
    notes: [],
  };
  return {
    source: {
      file: meta.file,
      bytes: meta.bytes,
      sha256: meta.sha256,
      modified: new Date(meta.modified ?? `${meta.received}T12:00:00Z`),
    },
    parsed,
    byHand: meta.byHand,
    notes: meta.notes as readonly Note[],
    digest: meta.rowsDigest,
    // A later file or journal does not change the day of what is stored.
    ...(meta.storedAt === null ? {} : { dated: { day: meta.received, from: meta.dateFrom } }),
  };
}

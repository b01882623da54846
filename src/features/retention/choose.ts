import { DateTime } from 'luxon';
import { isKind, type Kind } from '#domain/model/kinds.ts';
import { isNamed, namedAsProof } from '#sources/exports/folder/proof.ts';
import type { HeldFile, HeldReading, Holdings } from '#store/retention/holdings.ts';
import type { Removal } from '#store/retention/remove.ts';
import type { Keep } from '../shared/retention-months.ts';
import type { Keeping } from './model.ts';

export interface ChooseInput {
  readonly holdings: Holdings;
  readonly keeping: Keeping;
  /** Day in the client's time zone. */
  readonly today: string;
  readonly zone: string;
  /** Kinds that today's verdicts depend on: nothing of them is removed. */
  readonly needed: ReadonlySet<string>;
}

/** Why something is kept although it is old enough. */
export type Stays = 'report' | 'named' | 'verdict' | 'together';

export interface Choice {
  readonly removal: Removal;
  /** Readings that are old enough but kept, by reason. */
  readonly stays: ReadonlyMap<Stays, number>;
  /** The first day that is kept completely; null: kept permanently. */
  readonly from: { readonly readings: string | null; readonly reports: string | null };
}

/**
 * Logs whose files complement each other: rules use them for events at any earlier time, so an older one is needed
 * until a complete newer one covers all of its days.
 */
const ADDS_UP: ReadonlySet<Kind> = new Set([
  'activities',
  'audit_log',
  'acknowledgements',
  'sign_ins',
  'directory_audits',
  'risk_detections',
  'security_alerts',
  'cloud_app_events',
  'ai_traffic',
]);

/**
 * Determines what of a client's data has reached the end of its retention and is not needed. It is the only place that
 * does: the preview counts its result and the daily run removes it.
 * A reading has reached the end when it was replaced so many months ago that each day since can still be evaluated as
 * it was. It is removed together with the file that it came in, and that as a whole: an archive is kept while anything
 * in it is needed.
 */
export function choose({ holdings, keeping, today, zone, needed }: ChooseInput): Choice {
  const from = { readings: firstDay(keeping.readings, today), reports: firstDay(keeping.reports, today) };
  const reports = holdings.reports.filter(
    (report, at) => at > 0 && from.reports !== null && dayOf(report.madeAt, zone) < from.reports,
  );
  const leaving = new Set(reports);
  const inReports = new Set(
    holdings.reports.filter((report) => !leaving.has(report)).flatMap(({ restsOn }) => restsOn),
  );
  const groups = [...groupsOf(holdings).values()];
  const old =
    from.readings === null ? new Set<HeldReading>() : pastTheirTime(holdings.readings, from.readings, zone);
  const stays = new Map<Stays, number>();
  const leavingGroups = groups.filter((group) => {
    const past = group.readings.filter((reading) => old.has(reading)).length;
    if (past === 0) return false;
    const why = whyItStays(group, { past, needed, inReports, holdings });
    if (why !== null) stays.set(why, (stays.get(why) ?? 0) + past);
    return why === null;
  });
  const going = new Set(leavingGroups);
  const kept = new Set([
    ...holdings.named,
    ...inReports,
    ...groups.filter((group) => !going.has(group)).flatMap(addressesOf),
  ]);
  const gone = new Set(leavingGroups.flatMap(addressesOf));
  return {
    from,
    stays,
    removal: {
      readings: leavingGroups.flatMap((group) => group.readings),
      emptied: leavingGroups.flatMap(({ file }) => (file === null ? [] : [file])),
      files: holdings.evidence.filter(
        ({ sha256, how }) => how === 'import' && gone.has(sha256) && !kept.has(sha256),
      ),
      reports,
    },
  };
}

/** A file of an import with all readings taken from it or from files inside it. */
interface Group {
  readonly file: HeldFile | null;
  readonly readings: HeldReading[];
}

function groupsOf({ readings, files }: Holdings): Map<string, Group> {
  const ofImport = Map.groupBy(files, ({ importId }) => importId);
  const groups = new Map<string, Group>();
  for (const reading of readings) {
    const file =
      (ofImport.get(reading.importId ?? '') ?? [])
        .filter(({ name }) => isIn(reading.file, name))
        .sort((a, b) => b.name.length - a.name.length)[0] ?? null;
    const key = file?.id ?? reading.id;
    const group = groups.get(key) ?? { file, readings: [] };
    groups.set(key, group);
    group.readings.push(reading);
  }
  return groups;
}

function isIn(file: string, container: string): boolean {
  return file === container || file.startsWith(`${container}/`);
}

function addressesOf({ file, readings }: Group): string[] {
  return [...readings.map(({ sha256 }) => sha256), ...(file === null ? [] : [file.sha256])];
}

function whyItStays(
  group: Group,
  {
    past,
    needed,
    inReports,
    holdings,
  }: {
    past: number;
    needed: ReadonlySet<string>;
    inReports: ReadonlySet<string>;
    holdings: Holdings;
  },
): Stays | null {
  if (past < group.readings.length) return 'together';
  if (group.readings.some(({ kind }) => needed.has(kind))) return 'verdict';
  const { file } = group;
  const inside = holdings.evidence.filter(({ name }) => file !== null && isIn(name, file.name));
  const addresses = [...addressesOf(group), ...inside.map(({ sha256 }) => sha256)];
  if (addresses.some((sha256) => holdings.named.has(sha256))) return 'named';
  if (
    file !== null &&
    holdings.documents.some(
      (document) => document.importId === file.importId && isIn(document.file, file.name),
    )
  )
    return 'named';
  const names = group.readings.map((reading) => reading.file).concat(file?.name ?? []);
  const proofs = holdings.journals.flatMap((journal) =>
    namedAsProof([], { file: journal.file, value: journal.value as never, sha256: '', lines: {} }),
  );
  if (proofs.some((proof) => names.some((name) => isNamed(name, proof)))) return 'named';
  return addresses.some((sha256) => inReports.has(sha256)) ? 'report' : null;
}

/** The first day that is kept completely. */
function firstDay(keep: Keep, today: string): string | null {
  return keep === 'forever'
    ? null
    : DateTime.fromISO(today, { zone: 'utc' })
        .minus({ months: Number(keep) })
        .toFormat('yyyy-MM-dd');
}

interface Dated {
  readonly reading: HeldReading;
  /** Day on which it was stored. */
  readonly stored: string;
}

function pastTheirTime(all: readonly HeldReading[], from: string, zone: string): Set<HeldReading> {
  const past = new Set<HeldReading>();
  const dated = all.map((reading) => ({ reading, stored: dayOf(reading.storedAt, zone) }));
  for (const [kind, list] of Map.groupBy(dated, ({ reading }) => reading.kind)) {
    // Kinds unknown to this version are left alone.
    if (!isKind(kind)) continue;
    for (const one of list) {
      const day = replacedOn(one, list, kind);
      if (day !== null && day <= from) past.add(one.reading);
    }
  }
  return past;
}

/** The first day on which a reading was no longer current, as far as could be known; null: it is current. */
function replacedOn({ reading, stored }: Dated, list: readonly Dated[], kind: Kind): string | null {
  let first: string | null = null;
  for (const other of list) {
    if (!other.reading.complete || !replaces(other.reading, reading, kind)) continue;
    const day = later(other.reading.observedOn, other.stored);
    if (first === null || day < first) first = day;
  }
  return first === null ? null : later(first, later(reading.observedOn, stored));
}

function replaces(other: HeldReading, reading: HeldReading, kind: Kind): boolean {
  if (!ADDS_UP.has(kind)) return other.observedOn > reading.observedOn;
  const [outer, inner] = [other.covers, reading.covers];
  return (
    other.storedAt > reading.storedAt &&
    outer !== null &&
    inner !== null &&
    outer.from <= inner.from &&
    outer.to >= inner.to
  );
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

export function dayOf(at: Date, zone: string): string {
  return DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd');
}

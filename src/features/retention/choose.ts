import { DateTime } from 'luxon';
import { KINDS, type Kind } from '#domain/model/kinds.ts';
import { isNamed, namedAsProof } from '#sources/exports/folder/proof.ts';
import type { HeldFile, HeldReading, Holdings } from '#store/retention/holdings.ts';
import type { Removal } from '#store/retention/remove.ts';
import type { Keep } from '../shared/retention-months.ts';
import type { Keeping } from './model.ts';

export interface ChooseInput {
  readonly holdings: Holdings;
  readonly keeping: Keeping;
  /** Day in the client's zone. */
  readonly today: string;
  readonly zone: string;
  /** Kinds that a verdict of today would miss: nothing of them goes. */
  readonly needed: ReadonlySet<string>;
}

/** Why something that is old enough stays. */
export type Stays = 'report' | 'named' | 'verdict' | 'together';

export interface Choice {
  readonly removal: Removal;
  /** Readings that are old enough and stay all the same, by why. */
  readonly stays: ReadonlyMap<Stays, number>;
  /** The first day that is kept whole; null: kept for good. */
  readonly from: { readonly readings: string | null; readonly reports: string | null };
}

/**
 * Logs whose files add up: rules ask them for what happened at any time before, so an older one counts until a whole
 * newer one covers all of its days.
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
 * What of a client's holdings is past its time and needed by nothing. The one place that says so: the preview counts
 * it and the daily run removes it.
 *
 * A reading is past its time when it was replaced so many months ago, so that each day since can still be decided as
 * it was. It goes together with the file that it came in, and the file goes as a whole: while anything of an archive
 * is needed, all of it stays.
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

/** A file of an import with all readings that were taken from it or from what is inside it. */
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

/** The first day that is kept whole. */
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
    // What this version does not know it leaves alone.
    if (!isKind(kind)) continue;
    for (const one of list) {
      const day = replacedOn(one, list, kind);
      if (day !== null && day <= from) past.add(one.reading);
    }
  }
  return past;
}

/** The first day on which a reading no longer counted, as far as anyone could know; null: it counts. */
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

function isKind(kind: string): kind is Kind {
  return Object.hasOwn(KINDS, kind);
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

export function dayOf(at: Date, zone: string): string {
  return DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd');
}

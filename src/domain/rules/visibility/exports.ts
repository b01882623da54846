import type { ExportScope } from '../../model/journal.ts';
import type { ActivityRow, MemberRow } from '../../model/kinds.ts';
import { localTime } from '../../model/local-time.ts';
import { ownValue } from '../../model/own-value.ts';
import { address, nameKey } from '../../people/names.ts';

interface Kind {
  readonly of: ExportScope;
  readonly step: 'begins' | 'ends' | 'download';
  readonly words: string;
}

/** Event types of exports; `org_members_exported` is a complete export by itself. */
const EXPORTS: Readonly<Record<string, Kind>> = {
  org_data_export_started: {
    of: 'organization_data',
    step: 'begins',
    words: 'export of organization data started',
  },
  org_data_export_completed: {
    of: 'organization_data',
    step: 'ends',
    words: 'export of organization data completed',
  },
  org_data_export_accessed: {
    of: 'organization_data',
    step: 'download',
    words: 'export of organization data downloaded',
  },
  org_members_exported: { of: 'members', step: 'begins', words: 'members exported' },
  audit_log_export_started: { of: 'audit_log', step: 'begins', words: 'audit log exported' },
  audit_log_export_accessed: { of: 'audit_log', step: 'download', words: 'audit log downloaded' },
};

/** Whether the event type belongs to a known kind of export. */
export function isExport(type: string): boolean {
  return Object.hasOwn(EXPORTS, type);
}

const HOUR_MS = 3_600_000;
/**
 * How long after its start an export may end, and how long after that it may be downloaded: the link expires after 24
 * hours (support article 13346720, read 2026-08-22), doubled as a margin. The vendor gives no time for preparing a
 * large export, but its end alone takes no data out.
 */
const EXPORT_WINDOWS_MS = { download: 48 * HOUR_MS, ends: 7 * 24 * HOUR_MS };

/** One export: the event that starts it and those that follow. */
export interface SeenExport {
  readonly of: ExportScope;
  /** The event that identifies it; for a download whose start is not in the log, the download. */
  readonly row: ActivityRow;
  readonly words: string;
  /** Its first day, in the client's time zone. */
  readonly day: string;
  readonly events: readonly { readonly row: ActivityRow; readonly words: string }[];
  /** Address of the person who exported; null: the log does not give it. */
  readonly email: string | null;
  /** Names and addresses under which that person is known. */
  readonly names: readonly (string | null)[];
}

/** Exports in a log, earliest first. */
export function exportsIn(
  rows: readonly ActivityRow[],
  { zone, members }: { readonly zone: string; readonly members: readonly MemberRow[] },
): SeenExport[] {
  const found: (SeenExport & { readonly events: { row: ActivityRow; words: string }[] })[] = [];
  for (const row of rows.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const kind = ownValue(EXPORTS, row.type);
    if (kind === undefined) continue;
    const { step } = kind;
    const who = actorOf(row, members);
    const before =
      step === 'begins'
        ? undefined
        : found.findLast(
            (one) =>
              one.of === kind.of &&
              belongsTo(one, row, step) &&
              sameType(one.row, row) &&
              // The end of an export may have no actor. A download by a different or unknown person is an export of its
              // own.
              ((step === 'ends' && isUnnamed(row)) ||
                (who.email !== null && who.email === one.email) ||
                sameName(row, one.row)),
          );
    if (before !== undefined) before.events.push({ row, words: kind.words });
    else
      found.push({
        of: kind.of,
        row,
        words: kind.words,
        day: localTime(row.at, zone)?.day ?? row.at.slice(0, 10),
        events: [{ row, words: kind.words }],
        ...who,
      });
  }
  return found;
}

/** Whether an event is close enough to an export to belong to it; an export has only one end. */
function belongsTo(
  { events }: Pick<SeenExport, 'events'>,
  row: ActivityRow,
  step: 'ends' | 'download',
): boolean {
  const end = events.find((one) => ownValue(EXPORTS, one.row.type)?.step === 'ends');
  if (step === 'ends' && end !== undefined) return false;
  const after = end?.row.at ?? events[0]?.row.at ?? row.at;
  return Date.parse(row.at) - Date.parse(after) <= EXPORT_WINDOWS_MS[step];
}

function sameType(a: ActivityRow, b: ActivityRow): boolean {
  const [one, other] = [a.detail.export_type, b.detail.export_type];
  return typeof one !== 'string' || typeof other !== 'string' || one === other;
}

function isUnnamed({ actorEmail, actorName }: ActivityRow): boolean {
  return actorEmail === null && actorName === null;
}

function sameName(a: ActivityRow, b: ActivityRow): boolean {
  if (a.actorEmail !== null && b.actorEmail !== null) return false;
  return a.actorName !== null && a.actorName === b.actorName;
}

function actorOf({ actorEmail, actorName }: ActivityRow, members: readonly MemberRow[]) {
  const key = nameKey(actorName);
  const named = actorEmail !== null || key === '' ? [] : members.filter(({ name }) => nameKey(name) === key);
  const email =
    actorEmail !== null ? address(actorEmail) : named.length === 1 ? address(named[0]?.email ?? '') : null;
  const seat = email === null ? undefined : members.find((member) => address(member.email) === email);
  return { email, names: [actorEmail, actorName, email, seat?.name ?? null] };
}
// Guide: G5.2-04 G8-14

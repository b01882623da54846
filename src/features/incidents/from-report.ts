import type { StoredActivity } from '#domain/activity/activity.ts';
import { incidentCode } from '#domain/incidents/words.ts';
import { REPORT_KIND_WORDS } from '#domain/staff/words.ts';
import { count } from '#domain/text/words.ts';
import { activitiesOfPerson } from '#store/activity/read.ts';
import { openIncidentOf } from '#store/incidents/incidents.ts';
import { findStaffReport } from '#store/staff/reports.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';

/** How far before a report the log is searched, in hours. */
const HOURS_BEFORE = 48;
const MAX = 2_000;

/**
 * What the log has about the person who reported something: the last write before the report, with its session, the
 * target system, and who or what approved it. Searches only by an address that an email proved to be theirs.
 */
export async function fromReport({ client, read }: HandlerContext, id: string) {
  return read(async (tx) => {
    const report = await findStaffReport(tx, client.id, id);
    if (report === undefined) throw notFound();
    const from = new Date(report.received_at.getTime() - HOURS_BEFORE * 3_600_000);
    const all =
      report.address === null
        ? []
        : await activitiesOfPerson(tx, client.id, report.address, from, report.received_at, MAX);
    const writes = all.filter(
      ({ effect, outcome }) => (effect === 'write' || effect === 'admin') && outcome !== 'rejected',
    );
    const last = writes.toSorted((a, b) => a.at.localeCompare(b.at)).at(-1);
    const already = await openIncidentOf(tx, client.id, 'staff', report.id);
    const kind = Object.entries(REPORT_KIND_WORDS).find(([key]) => key === report.kind);
    return {
      title: kind?.[1] ?? '',
      summary: [report.said, ...(last === undefined ? [] : [logWords(last, writes)])].join('\n\n'),
      person: report.address,
      connector: last?.connectorName ?? last?.connector ?? null,
      fileName: null,
      pattern: null,
      device: null,
      session: last?.session ?? null,
      happened: last?.at ?? null,
      already:
        already === undefined ? null : { id: already.id, code: incidentCode(already.number, already.drill) },
    };
  });
}

function logWords(last: StoredActivity, writes: readonly StoredActivity[]): string {
  const source = last.detail.decision_source;
  const by = typeof source === 'string' ? `let through by ${source}` : 'what let it through is not reported';
  const sessions = new Set(writes.map(({ session }) => session)).size;
  return `The log has ${count(writes.length, 'write')} of the person in ${count(sessions, 'session')} within ${HOURS_BEFORE} hours before the report. The last is ${last.tool ?? last.type}, ${by}.`;
}
// Guide: G7.2-17

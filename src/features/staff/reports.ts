import type { z } from 'zod';
import { incidentCode } from '#domain/incidents/words.ts';
import { clauseNumber, type PolicyContent } from '#domain/policy/content.ts';
import { REPORT_KINDS, REPORT_STATES, type ReportState } from '#domain/staff/words.ts';
import type { Tx } from '#store/open.ts';
import {
  changeStaffReport,
  findStaffReport,
  incidentsOfReports,
  type StaffReportRow,
  staffReports,
} from '#store/staff/reports.ts';
import type { HandlerContext } from '../context.ts';
import { readStaffPolicy } from '../policy/index.ts';
import { conflict, notFound, unprocessable } from '../problems.ts';
import type { staffContract } from './contract.ts';

type Report = z.infer<NonNullable<(typeof staffContract.close)['~orpc']['outputSchema']>>;

/** Reports of staff, newest first, with their outcome. */
export async function listReports(
  context: HandlerContext,
  { state }: { readonly state: ReportState | 'all' },
) {
  const { client, can } = context;
  const all = await context.read(async (tx) => {
    const facts = await factsOf(tx, context);
    return (await staffReports(tx, client.id)).map((row) => view(row, facts));
  });
  const items = all.filter((one) => state === 'all' || one.state === state);
  return {
    items,
    total: items.length,
    counts: Object.fromEntries(
      REPORT_STATES.map((one) => [one, all.filter((report) => report.state === one).length]),
    ) as Record<ReportState, number>,
    may: { lead: can('incidents.lead') },
  };
}

/** Closes a report that did not become an incident. */
export async function closeReport(
  context: HandlerContext,
  {
    staffReport: id,
    version,
    reason,
  }: { readonly staffReport: string; readonly version: number; readonly reason: string },
): Promise<Report> {
  const { client, actor, now, services } = context;
  const closed = await context.change(async (tx, recorder) => {
    const facts = await factsOf(tx, context);
    const found = await findStaffReport(tx, client.id, id);
    if (found === undefined) throw notFound();
    const before = { row: found, shown: view(found, facts) };
    if (before.shown.state === 'incident')
      throw unprocessable(
        `${before.shown.incident?.code ?? 'An incident'} was opened from this report, and settles it.`,
      );
    const row = await changeStaffReport(tx, client.id, id, version, {
      closed_by: actor.userId,
      closed_by_name: actor.name,
      closed_at: now,
      closed_reason: reason,
    });
    if (before.shown.state === 'closed' || row === null)
      throw conflict(`${before.row.closed_by_name ?? 'Someone'} closed this report meanwhile.`, {
        by: before.row.closed_by_name,
        at: before.row.closed_at,
        version: before.row.version,
      });
    await recorder.record({
      subject: { kind: 'staff_report', id, name: row.reference },
      reason,
      before: { state: before.shown.state },
      after: { state: 'closed' },
    });
    return view(row, { ...facts, incidents: [] });
  });
  services.events.publish({ client: client.id, topic: 'staff', id });
  return closed;
}

/** What is needed to show a client's reports. */
interface Facts {
  readonly incidents: Awaited<ReturnType<typeof incidentsOfReports>>;
  /** Text of the policy in force; null: there is none. */
  readonly policy: PolicyContent | null;
}

async function factsOf(tx: Tx, { client, now }: HandlerContext): Promise<Facts> {
  const { version } = await readStaffPolicy(tx, client.id, now);
  return { incidents: await incidentsOfReports(tx, [client.id]), policy: version?.content ?? null };
}

function clauseOf(id: string, policy: PolicyContent | null): Report['clause'] {
  const text = policy?.sections.flatMap(({ items }) => items).find((item) => item.id === id)?.text;
  return { id, number: policy === null ? null : clauseNumber(policy, id), text: text ?? '' };
}

function view(row: StaffReportRow, { incidents, policy }: Facts): Report {
  const incident = incidents.find(({ origin_id, drill }) => origin_id === row.id && !drill);
  return {
    id: row.id,
    reference: row.reference,
    kind: REPORT_KINDS.find((one) => one === row.kind) ?? 'other',
    clause: row.clause === null ? null : clauseOf(row.clause, policy),
    said: row.said,
    happened: row.happened,
    contact: row.contact,
    address: row.address,
    at: row.received_at.toISOString(),
    state: row.closed_at !== null ? 'closed' : incident === undefined ? 'open' : 'incident',
    incident:
      incident === undefined
        ? null
        : { id: incident.id, code: incidentCode(incident.number, incident.drill) },
    closed:
      row.closed_at === null
        ? null
        : {
            by: row.closed_by_name ?? 'Someone',
            at: row.closed_at.toISOString(),
            reason: row.closed_reason ?? '',
          },
    version: row.version,
  };
}
// Guide: G8-16

import { DateTime } from 'luxon';
import { type AuditActor, appendAudit } from '#store/audit.ts';
import type { Services } from '../context.ts';
import { harmlessName } from '../mail/index.ts';
import { zoneOf } from '../shared/moment.ts';
import { readWorkspace } from '../shared/settings.ts';
import { buildStored, insertReport } from './make.ts';
import { CADENCES, nextDay } from './schedules.ts';

const BYLAW: AuditActor = { kind: 'system', id: null, name: 'Bylaw, by schedule' };

interface Due {
  readonly id: string;
  readonly client_id: string;
  readonly cadence: string;
  readonly on_day: number;
  readonly paper: string;
  readonly recipients: readonly string[];
  readonly next_on: string;
  readonly name: string;
  readonly slug: string;
  readonly profile: unknown;
}

/** Creates each report that is due in its client's time zone, and sends its recipients a link. */
export async function makeDueReports(services: Services): Promise<void> {
  const rows: readonly Due[] = await services.store.read('system', (tx) =>
    tx
      .selectFrom('report_schedules')
      .innerJoin('clients', 'clients.id', 'report_schedules.client_id')
      .select([
        'report_schedules.id',
        'report_schedules.client_id',
        'cadence',
        'on_day',
        'paper',
        'recipients',
        'next_on',
        'clients.name',
        'clients.slug',
        'clients.profile',
      ])
      .where('paused', '=', false)
      .execute(),
  );
  for (const due of rows) {
    const today = DateTime.fromJSDate(services.clock(), { zone: zoneOf(due.profile) }).toFormat('yyyy-MM-dd');
    if (due.next_on <= today) await makeOne(services, due, today);
    else await putBack(services, due, today);
  }
}

async function makeOne(services: Services, due: Due, today: string): Promise<void> {
  const { name: workspace } = await services.store.read('system', readWorkspace);
  const report = await buildStored(services, {
    clientId: due.client_id,
    title: null,
    asOf: null,
    preparedBy: workspace,
    since: 'newest',
    zone: zoneOf(due.profile),
  });
  const cadence = cadenceOf(due);
  const now = services.clock();
  const id = await services.store.write([due.client_id], async (tx) => {
    // Only the process that advances the schedule creates the report, so that two processes do not create it twice.
    const claimed = await tx
      .updateTable('report_schedules')
      .set({ next_on: nextDay(cadence, due.on_day, today) })
      .where('client_id', '=', due.client_id)
      .where('id', '=', due.id)
      .where('next_on', '=', due.next_on)
      .where('paused', '=', false)
      .executeTakeFirst();
    if (Number(claimed.numUpdatedRows) === 0) return null;
    const stored = await insertReport(tx, report, {
      clientId: due.client_id,
      title: `${TITLES[cadence]} report`,
      paper: due.paper === 'letter' ? 'letter' : 'a4',
      scheduleId: due.id,
      by: BYLAW,
      now,
    });
    await appendAudit(tx, {
      chain: due.client_id,
      actor: BYLAW,
      action: 'reports.make',
      subject: { kind: 'report', id: stored.id, name: stored.title },
      after: { asOf: report.asOf, counts: report.counts, sha256: stored.sha256, schedule: due.id },
      at: now,
    });
    return stored.id;
  });
  if (id === null) return;
  services.events.publish({ client: due.client_id, topic: 'reports', id });
  await publish(services, due, id);
}

/**
 * Resets a date that is further ahead than any schedule reaches: a report was created while the clock was set wrong,
 * and the next one would be created only then.
 */
async function putBack({ store, clock }: Services, due: Due, today: string): Promise<void> {
  const next = nextDay(cadenceOf(due), due.on_day, today);
  if (due.next_on <= next) return;
  await store.write([due.client_id], async (tx) => {
    const { numUpdatedRows } = await tx
      .updateTable('report_schedules')
      .set({ next_on: next })
      .where('client_id', '=', due.client_id)
      .where('id', '=', due.id)
      .where('next_on', '=', due.next_on)
      .executeTakeFirst();
    if (Number(numUpdatedRows) === 0) return;
    await appendAudit(tx, {
      chain: due.client_id,
      actor: BYLAW,
      action: 'reports.change_schedule',
      subject: { kind: 'report_schedule', id: due.id },
      before: { nextOn: due.next_on },
      after: { nextOn: next },
      at: clock(),
    });
  });
}

const cadenceOf = ({ cadence }: Due) => CADENCES.find((one) => one === cadence) ?? 'monthly';

const TITLES = { weekly: 'Weekly', monthly: 'Monthly', quarterly: 'Quarterly' } as const;

/** The mail contains a link and nothing of the report. If it cannot be sent, that is logged and the report remains. */
async function publish(services: Services, due: Due, report: string): Promise<void> {
  if (due.recipients.length === 0 || !(await services.mail.configured())) return;
  const link = `${services.config.origin}/c/${due.slug}/reports/${report}`;
  const client = harmlessName(due.name);
  for (const to of due.recipients) {
    await services.mail
      .send({
        to,
        subject: `A report on the use of Claude is ready: ${client}`,
        text: `The scheduled report for ${client} is ready. Sign in to read it:\n\n${link}\n`,
      })
      .catch((error: unknown) =>
        services.log.warn({ err: error }, 'a report was made, but its link could not be mailed'),
      );
  }
}

import { paperOf } from '#domain/text/paper.ts';
import { dayWords } from '#domain/text/words.ts';
import type { HandlerContext } from '../context.ts';
import type { HandlersOf } from '../handlers-of.ts';
import { badRequest } from '../problems.ts';
import { asDownload, fileWord } from '../shared/download.ts';
import { present } from '../shared/moment.ts';
import { readWorkspace } from '../shared/settings.ts';
import { boardView } from './board/view.ts';
import { changesSince } from './changes.ts';
import { logoOf } from './client-logo.ts';
import type { reportsContract } from './contract.ts';
import { MEDIA_TYPES } from './formats.ts';
import { addLink, listLinks, revokeLink } from './links/manage.ts';
import { buildStored, insertReport, listReports, readReport } from './make.ts';
import type { Report } from './model.ts';
import { renderInProcess } from './render-thread.ts';
import { addSchedule, changeSchedule, listSchedules, removeSchedule } from './schedules.ts';

export const reportsHandlers: HandlersOf<typeof reportsContract> = {
  list: async (context) => {
    const rows = await context.read((tx) => listReports(tx, context.client.id));
    return { items: rows.map(line), total: rows.length };
  },

  make: async (context, input) => {
    const { client, services, actor, now } = context;
    const { today } = present(now, client.timezone);
    if (input.asOf !== undefined && input.asOf > today)
      throw badRequest(
        `${dayWords(input.asOf)} is in the future. A report is for today, ${dayWords(today)}, or for a past day.`,
      );
    const { name: workspace } = await services.store.read('system', readWorkspace);
    const { since: wanted = 'newest' } = input;
    const since =
      wanted === 'newest' || wanted === 'none'
        ? wanted
        : (await context.read((tx) => readReport(tx, client.id, wanted))).report;
    if (typeof since === 'object' && since.asOf > (input.asOf ?? since.asOf))
      throw badRequest(
        `The report to compare with is from ${dayWords(since.asOf)}, later than ${dayWords(input.asOf ?? today)}.`,
      );
    const report = await buildStored(services, {
      clientId: client.id,
      title: input.title ?? null,
      asOf: input.asOf ?? null,
      preparedBy: `${actor.name}, ${workspace}`,
      since: since === 'none' ? null : since,
      zone: client.timezone,
    });
    const id = await context.change(async (tx, recorder) => {
      const stored = await insertReport(tx, report, {
        clientId: client.id,
        title: input.title ?? null,
        paper: input.paper ?? paperOf(client.timezone),
        scheduleId: null,
        by: { kind: 'user', id: actor.userId, name: actor.name },
        now,
      });
      await recorder.record({
        subject: { kind: 'report', id: stored.id, name: stored.title },
        after: { asOf: report.asOf, counts: report.counts, sha256: stored.sha256 },
      });
      return stored.id;
    });
    services.events.publish({ client: client.id, topic: 'reports', id });
    return show(context, id);
  },

  get: (context, input) => show(context, input.report),

  download: async (context, input) => {
    const { client } = context;
    const stored = await context.read((tx) => readReport(tx, client.id, input.report));
    const logo = await context.read((tx) => logoOf(tx, client.id));
    const wanted = input.paper ?? stored.paper;
    const apart = input.part === 'appendix' && (input.format === 'pdf' || input.format === 'html');
    const bytes =
      input.format === 'json'
        ? stored.text
        : await renderInProcess(
            {
              report: stored.report,
              format: input.format,
              options: {
                paper: wanted === 'letter' ? 'us-letter' : 'a4',
                part: input.part,
                sha256: stored.model_sha256,
                ...(logo === null ? {} : { logo }),
              },
            },
            context.request.signal,
          );
    return asDownload({
      name: `${fileWord(client.name)}-${fileWord(stored.title)}${apart ? '-appendix' : ''}-${stored.as_of}.${input.format}`,
      type: MEDIA_TYPES[input.format],
      bytes,
    });
  },

  links: async (context, input) => {
    const items = await context.read((tx) => listLinks(tx, context, input.report));
    return { items, total: items.length };
  },
  addLink,
  revokeLink,

  compare: async (context, input) => {
    const { client } = context;
    const to = await context.read((tx) => readReport(tx, client.id, input.report));
    const from = await context.read((tx) => readReport(tx, client.id, input.since));
    const { lines, controls } = changesSince(from.report, to.report);
    return { from: named(from), to: named(to), lines, controls };
  },

  schedules: async (context) => {
    const items = await context.read((tx) => listSchedules(tx, context.client.id));
    return { items, total: items.length, mail: await context.services.mail.configured() };
  },
  addSchedule,
  changeSchedule,
  removeSchedule: (context, input) => removeSchedule(context, input.schedule),
};

type Row = Awaited<ReturnType<typeof listReports>>[number];

function line(row: Row) {
  return {
    id: row.id,
    title: row.title,
    asOf: row.as_of,
    madeBy: row.made_by_name,
    madeAt: row.made_at.toISOString(),
    scheduled: row.schedule_id !== null,
    counts: row.counts as Report['counts'],
    sha256: row.model_sha256,
  };
}

function named(row: Pick<Row, 'id' | 'title' | 'as_of'>) {
  return { id: row.id, title: row.title, asOf: row.as_of };
}

async function show(context: HandlerContext, id: string) {
  const stored = await context.read((tx) => readReport(tx, context.client.id, id));
  const { lead, points } = boardView(stored.report, { sha256: stored.model_sha256 });
  return {
    ...line(stored),
    headline: lead,
    points: points.map(({ state, bold, rest, control }) => ({ state, bold, rest, control })),
    total: stored.report.total,
    paper: stored.paper === 'letter' ? ('letter' as const) : ('a4' as const),
  };
}

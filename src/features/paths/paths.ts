import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { dayWords } from '#domain/text/words.ts';
import { cached } from '#store/cache.ts';
import {
  insertPathReport,
  type PathReportRow,
  pathReports,
  pathReportsThatCount,
  resolvePathReport,
} from '#store/deployment/path-reports.ts';
import type { HandlerContext } from '../context.ts';
import { badRequest, conflict, notFound, unprocessable } from '../problems.ts';
import type { pathStateSchema } from '../shared/control-parts.ts';
import { present } from '../shared/moment.ts';
import type { pathReportSchema } from './contract.ts';

export type PathReportView = z.infer<typeof pathReportSchema>;
export type PathState = z.infer<typeof pathStateSchema>;

/** Reports of one path that may be open at the same time: more tell nothing new. */
const MAX_OPEN = 5;

/** The day on which the catalogue had each of its menu paths checked last. */
export function checkedPaths({ controls }: Pick<Catalogue, 'controls'>): ReadonlyMap<string, string> {
  const checked = new Map<string, string>();
  for (const { remediation } of controls)
    for (const { where, checked: day } of remediation.steps)
      if (where !== undefined && (day ?? '') >= (checked.get(where) ?? '')) checked.set(where, day ?? '');
  return checked;
}

/**
 * What is known of menu paths besides the catalogue, by path. A report counts until the catalogue was checked later
 * than it, and a correction until the catalogue was checked later than that.
 */
export async function pathStates(
  context: Pick<HandlerContext, 'read' | 'services'>,
): Promise<ReadonlyMap<string, PathState>> {
  const { store, catalogue } = context.services;
  // Anyone who reports one at any client reports it for all.
  return cached(store, 'system', { key: 'menu paths', weight: 0.1 }, async () =>
    statesOf(checkedPaths(catalogue), await context.read(pathReportsThatCount)),
  );
}

function statesOf(
  checked: ReadonlyMap<string, string>,
  all: Awaited<ReturnType<typeof pathReportsThatCount>>,
): ReadonlyMap<string, PathState> {
  const rows = all.filter((row) => {
    const day = checked.get(row.path);
    return day !== undefined && day <= (row.resolved_on ?? row.reported_on);
  });
  return new Map(
    [...Map.groupBy(rows, ({ path }) => path)].map(([path, of]) => {
      const corrected = of
        .filter(({ state }) => state === 'corrected')
        .toSorted((a, b) => (b.resolved_at?.getTime() ?? 0) - (a.resolved_at?.getTime() ?? 0))[0];
      return [
        path,
        {
          corrected:
            corrected?.corrected == null || corrected.resolved_on === null
              ? null
              : { path: corrected.corrected, on: corrected.resolved_on },
          reports: of
            .filter(({ state }) => state === 'open')
            .map(({ id, saw, reported_on, version }) => ({ id, saw, on: reported_on, version })),
        },
      ];
    }),
  );
}

/** Writes down that a menu path is not what the catalogue says. Every client of the workspace is shown it. */
export async function reportPath(
  context: HandlerContext,
  input: { readonly path: string; readonly saw: string },
): Promise<PathReportView> {
  const { services, client, actor, now } = context;
  const checked = checkedPaths(services.catalogue).get(input.path);
  if (checked === undefined)
    throw notFound('The catalogue has no such menu path. Copy it as the step shows it.');
  const today = present(now, client.timezone).today;
  if (checked > today)
    throw unprocessable(`This path was checked later than today, on ${dayWords(checked)}. Look at it again.`);
  const row = {
    id: randomUUID(),
    path: input.path,
    checked: checked === '' ? null : checked,
    saw: input.saw,
    reported_by: actor.userId,
    reported_by_name: actor.name,
    reported_at: now,
    reported_on: today,
  };
  await context.change(async (tx, recorder) => {
    const open = (await pathReports(tx, { open: true })).filter(({ path }) => path === input.path);
    if (open.length >= MAX_OPEN)
      throw unprocessable(
        `${open.length} reports about this path are already open. An Owner has to answer them first.`,
      );
    await insertPathReport(tx, row);
    await recorder.record({
      subject: { kind: 'path_report', id: row.id, name: input.path },
      before: null,
      after: { path: row.path, checked: row.checked, saw: row.saw },
    });
  });
  services.events.publish({ client: client.id, topic: 'deployment', id: row.id });
  return pathReportView({
    ...row,
    state: 'open',
    corrected: null,
    note: null,
    resolved_by: null,
    resolved_by_name: null,
    resolved_at: null,
    resolved_on: null,
    version: 1,
  });
}

export async function listPathReports(context: HandlerContext) {
  const rows = await context.read((tx) => pathReports(tx));
  return { items: rows.map(pathReportView), total: rows.length };
}

export interface PathAnswer {
  readonly report: string;
  readonly version: number;
  readonly corrected?: string | undefined;
  readonly note?: string | undefined;
}

/** Corrects the path for every client, or says that it is as the catalogue has it. */
export async function answerPathReport(context: HandlerContext, input: PathAnswer): Promise<PathReportView> {
  const { actor, now } = context;
  const corrected = input.corrected?.trim() ?? '';
  const note = input.note?.trim() ?? '';
  if (corrected === '' && note === '')
    throw badRequest('Write the path as it is now, or say why the reported path is right.');
  return context.change(async (tx, recorder) => {
    const row = (await pathReports(tx)).find(({ id }) => id === input.report);
    if (row === undefined) throw notFound();
    if (corrected === row.path)
      throw badRequest('This is the path that was reported. Leave it empty and say why it is right.');
    const answered =
      row.state === 'open' && row.version === input.version
        ? await resolvePathReport(tx, row.id, {
            state: corrected === '' ? 'dismissed' : 'corrected',
            corrected: corrected === '' ? null : corrected,
            note: note === '' ? null : note,
            by: { id: actor.userId, name: actor.name },
            at: now,
            on: present(now, 'UTC').today,
          })
        : false;
    if (!answered)
      throw conflict(
        `${row.resolved_by_name ?? 'Someone'} answered this report in the meantime. Look at it again.`,
        {
          by: row.resolved_by_name,
          at: row.resolved_at,
          version: row.version,
        },
      );
    await recorder.record({
      subject: { kind: 'path_report', id: row.id, name: row.path },
      reason: note === '' ? null : note,
      before: { state: 'open', path: row.path, saw: row.saw, reportedBy: row.reported_by_name },
      after: {
        state: corrected === '' ? 'dismissed' : 'corrected',
        path: corrected === '' ? null : corrected,
      },
    });
    const answeredRow = (await pathReports(tx)).find(({ id }) => id === row.id);
    return pathReportView(answeredRow ?? row);
  });
}

function pathReportView(row: PathReportRow): PathReportView {
  return {
    id: row.id,
    path: row.path,
    checked: row.checked,
    saw: row.saw,
    reported: { by: row.reported_by_name, at: row.reported_at.toISOString() },
    state: row.state === 'corrected' ? 'corrected' : row.state === 'dismissed' ? 'dismissed' : 'open',
    corrected: row.corrected,
    note: row.note,
    resolved:
      row.resolved_at === null ? null : { by: row.resolved_by_name ?? '', at: row.resolved_at.toISOString() },
    version: row.version,
  };
}
// Guide: G2.2-02

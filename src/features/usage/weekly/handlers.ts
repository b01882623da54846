import { isDeepStrictEqual } from 'node:util';
import { siteAddress, siteOf } from '#domain/microsoft/site-address.ts';
import { SITE_FOLDER } from '#sources/microsoft/graph/site-files.ts';
import type { HandlerContext } from '../../context.ts';
import type { HandlersOf } from '../../handlers-of.ts';
import { lastChange } from '../../last-change.ts';
import { conflict, forbidden, notFound } from '../../problems.ts';
import { asDownload, fileWord } from '../../shared/download.ts';
import { writerState } from '../../sources/index.ts';
import { addDays } from '../range.ts';
import type { WeekSummary } from './build.ts';
import type { weeklyContract } from './contract.ts';
import { type Delivery, dueWeek } from './run.ts';
import { readWeekly, writeWeekly } from './settings.ts';
import { WEEKLY_WRITER } from './to-site.ts';

/** Files that the page lists. Evidence holds all. */
const SHOWN = 26;

export const weeklyHandlers: HandlersOf<typeof weeklyContract> = {
  show,

  change: async (context, input) => {
    const { client: _client, version, ...wanted } = input;
    await context.change(async (tx, recorder) => {
      const before = await readWeekly(tx, context.client.id, { lock: true });
      if (before.version !== version)
        throw conflict(
          'Someone else changed the weekly file after you opened it. Nothing of yours is stored; look at the current version.',
          {
            ...(await lastChange(tx, { chain: context.client.id, actions: 'usage.weekly' })),
            version: before.version,
          },
        );
      const recipients = [...new Set(wanted.recipients.map((address) => address.toLowerCase()))];
      const site = wanted.site === null ? null : siteOf(wanted.site);
      const after = { ...wanted, recipients, site: site === null ? null : siteAddress(site) };
      const { version: _was, ...shown } = before;
      if (isDeepStrictEqual(after, shown)) return recorder.unchanged();
      await writeWeekly(tx, context.client.id, { ...after, version: version + 1 });
      await recorder.record({
        subject: { kind: 'client', id: context.client.id, name: context.client.name },
        before: shown,
        after,
      });
    });
    return show(context);
  },

  review: async (context, { week, note }) => {
    const { client, actor, now } = context;
    if (!context.can('people.read', client.id))
      throw forbidden('Your role does not include people, and the weekly file names them.');
    await context.change(async (tx, recorder) => {
      const reviewed = await tx
        .updateTable('usage_files')
        .set({
          reviewed_at: now,
          reviewed_by: actor.userId,
          reviewed_by_name: actor.name,
          review_note: note === undefined || note === '' ? null : note,
        })
        .where('client_id', '=', client.id)
        .where('week', '=', week)
        .where('reviewed_at', 'is', null)
        .returning('name')
        .executeTakeFirst();
      if (reviewed === undefined) {
        const there = await tx
          .selectFrom('usage_files')
          .select('reviewed_by_name')
          .where('client_id', '=', client.id)
          .where('week', '=', week)
          .executeTakeFirst();
        if (there === undefined) throw notFound();
        throw conflict(`${there.reviewed_by_name ?? 'Someone'} has already reviewed this file.`, {
          by: there.reviewed_by_name,
          at: null,
          version: null,
        });
      }
      await recorder.record({
        subject: { kind: 'usage_file', id: week, name: reviewed.name },
        reason: note === undefined || note === '' ? null : note,
        before: { reviewed: false },
        after: { reviewed: true },
      });
    });
    return show(context);
  },

  file: async (context, input) => {
    // The file names people.
    if (!context.can('people.read', context.client.id))
      throw forbidden('Your role does not include people, and the weekly file names them.');
    const row = await context.read((tx) =>
      tx
        .selectFrom('usage_files')
        .select(['name', 'xlsx', 'csv'])
        .where('client_id', '=', context.client.id)
        .where('week', '=', input.week)
        .executeTakeFirst(),
    );
    if (row === undefined) throw notFound();
    return asDownload({
      name: `${row.name}.${input.format}`,
      type:
        input.format === 'csv'
          ? 'text/csv; charset=utf-8'
          : 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      bytes: await context.services.blobs.read(row[input.format]),
    });
  },
};

async function show(context: HandlerContext) {
  const { client, services, now } = context;
  const { settings, files } = await context.read(async (tx) => ({
    settings: await readWeekly(tx, client.id),
    files: await tx
      .selectFrom('usage_files')
      .selectAll()
      .where('client_id', '=', client.id)
      .orderBy('week', 'desc')
      .limit(SHOWN)
      .execute(),
  }));
  const due = dueWeek(now, client.timezone);
  const whole = context.can('people.read', client.id);
  return {
    ...settings,
    folderName: `usage-files/${fileWord(client.slug)}`,
    siteFolder: SITE_FOLDER,
    writer: (await writerState(services, client.id, WEEKLY_WRITER)).is,
    mail: await services.mail.configured(),
    next: files[0]?.week === due ? addDays(due, 7) : due,
    recipients: whole ? settings.recipients : [],
    files: files.map(({ week, made_at, name, summary, deliveries, reviewed_at, ...row }) => ({
      week,
      madeAt: made_at.toISOString(),
      name,
      summary: summary as WeekSummary,
      reviewed:
        reviewed_at === null
          ? null
          : { at: reviewed_at.toISOString(), by: row.reviewed_by_name ?? '', note: row.review_note },
      deliveries: whole ? (deliveries as Delivery[]) : [],
    })),
    can: {
      change: context.can('connections.edit', client.id),
      review: whole && context.can('work.edit', client.id),
    },
  };
}

import type { z } from 'zod';
import { ENTRY_STATES, type Entry } from '#domain/personal-accounts/register.ts';
import { dayWords } from '#domain/text/words.ts';
import { cached } from '#store/cache.ts';
import { allEvidence } from '#store/evidence/evidence.ts';
import { findCampaign } from '#store/personal-accounts/campaigns.ts';
import { allMessages, type MessageRow } from '#store/personal-accounts/messages.ts';
import type { HandlerContext } from '../context.ts';
import { type Page, pageOf } from '../paging.ts';
import { notFound } from '../problems.ts';
import { INVENTED } from '../shared/invented.ts';
import type { personalAccountsContract } from './contract.ts';
import type { RegisterReading, ReportLine } from './reading.ts';
import { nameOf, registerNow } from './register.ts';
import type { reportLine } from './schemas.ts';
import { contactOf, type Settings, settingsOf } from './settings.ts';
import { closedAfter, entryView, isOpen, type Seeing, statisticsOf } from './views.ts';

type Contract = typeof personalAccountsContract;
export type Filter = Omit<
  z.infer<NonNullable<Contract['list']['~orpc']['inputSchema']>>,
  'client' | keyof Page
>;
type ListOutput = z.input<NonNullable<Contract['list']['~orpc']['outputSchema']>>;
type DifferenceOutput = z.input<NonNullable<Contract['difference']['~orpc']['outputSchema']>>;

/** `how` of evidence that is a record of the personal accounts. */
export const RECORD = 'personal_accounts';

export interface Whole extends Seeing {
  readonly settings: Settings;
  readonly messages: readonly MessageRow[];
  readonly records: ListOutput['records'];
}

/** All data of the page in one reading. */
export async function wholeNow(context: HandlerContext): Promise<Whole> {
  const { client, services, scope, now } = context;
  const reading = await registerNow(context, client);
  const stored = await cached(services.store, scope, { key: 'campaign', weight: 1 }, () =>
    context.read(async (tx) => ({
      settings: settingsOf(await findCampaign(tx, client.id)),
      messages: await allMessages(tx, client.id),
      records: (await allEvidence(tx, client.id))
        .filter(({ how }) => how === RECORD)
        .map((row) => ({
          sha256: row.sha256,
          name: row.name,
          by: row.addedByName ?? 'Someone',
          at: row.addedAt.toISOString(),
        })),
    })),
  );
  const newest = new Map<string, MessageRow>();
  for (const row of stored.messages)
    if (row.account !== null && !newest.has(row.account)) newest.set(row.account, row);
  return { reading, now, newest, ...stored };
}

/** Entries that match a filter, most urgent first. */
export function matching(seeing: Seeing, filter: Filter): readonly Entry[] {
  const { reading } = seeing;
  const words = filter.search?.toLowerCase() ?? '';
  const changed = reading.reports[0]?.changes;
  return reading.entries
    .filter(
      (entry) =>
        (filter.state === undefined ||
          (filter.state === 'open' ? isOpen(entry) : entry.state === filter.state)) &&
        (filter.difference === undefined || changed?.get(entry.key) === filter.difference) &&
        (filter.closedAfter === undefined || closedAfter(entry) === filter.closedAfter) &&
        (filter.owner === undefined || entry.owner === filter.owner) &&
        (filter.marked === undefined || isMarked(filter.marked, entry, reading.today)) &&
        (words === '' || `${nameOf(reading, entry) ?? ''} ${entry.key}`.toLowerCase().includes(words)),
    )
    .toSorted(
      (a, b) =>
        ENTRY_STATES.indexOf(a.state) - ENTRY_STATES.indexOf(b.state) ||
        (a.due ?? '9').localeCompare(b.due ?? '9') ||
        a.key.localeCompare(b.key),
    );
}

function isMarked(marked: NonNullable<Filter['marked']>, entry: Entry, today: string): boolean {
  switch (marked) {
    case 'overdue':
      return isOpen(entry) && entry.due !== null && entry.due < today;
    case 'work':
      return isOpen(entry) && entry.usedForWork === true;
    case 'doubt':
      return entry.doubt !== null;
  }
}

export async function listAccounts(
  context: HandlerContext,
  { limit, cursor, ...filter }: Filter & Page,
): Promise<ListOutput> {
  const whole = await wholeNow(context);
  const { reading, settings, records } = whole;
  const rows = matching(whole, filter);
  const page = pageOf(rows, ({ key }) => key, { limit, cursor });
  const configured = await context.services.mail.configured();
  return {
    items: page.items.map((entry) => entryView(entry, whole)),
    nextCursor: page.nextCursor,
    total: rows.length,
    today: reading.today,
    counts: Object.fromEntries(
      ENTRY_STATES.map((state) => [state, reading.entries.filter((entry) => entry.state === state).length]),
    ) as ListOutput['counts'],
    statistics: statisticsOf(reading.entries, reading.today),
    reports: reading.reports.map(shownReport),
    gap: reading.gap === null ? null : { ...reading.gap },
    settings: { ...settings, contact: contactOf(settings, reading) },
    mail: mailWords(context.client.sandbox, configured),
    owners: [...new Set(reading.entries.flatMap(({ owner }) => owner ?? []))].sort(),
    records: [...records],
  };
}

function mailWords(sandbox: boolean, configured: boolean): ListOutput['mail'] {
  if (sandbox) return { ok: false, why: INVENTED };
  return configured
    ? { ok: true, why: null }
    : { ok: false, why: 'Mail is not set up. An Owner can set it up under Settings.' };
}

export function shownReport({ changes: _, ...line }: ReportLine): z.input<typeof reportLine> {
  return { ...line, files: line.files.map((file) => ({ ...file })), counts: { ...line.counts } };
}

const DIFFERENCE_WORDS = {
  new: 'New in this report',
  back: 'Listed again, after a report that no longer listed it',
  unchanged: 'Listed before and now',
  gone: 'Gone from this report',
  not_told: 'Not listed, and this report cannot show that it is gone',
} as const;

/** What one report changed compared with all earlier ones. */
export async function showDifference(
  context: HandlerContext,
  day: string | undefined,
): Promise<DifferenceOutput> {
  const reading = await registerNow(context, context.client);
  const at = day === undefined ? 0 : reading.reports.findIndex((report) => report.day === day);
  const report = reading.reports[at];
  if (report === undefined) {
    if (day !== undefined) throw notFound(`There is no Domain memberships report of ${dayWords(day)}.`);
    return { report: null, before: null, items: [] };
  }
  return {
    report: shownReport(report),
    before: reading.reports[at + 1]?.day ?? null,
    items: itemsOf(reading, report),
  };
}

const DIFFERENCE_ORDER = Object.keys(DIFFERENCE_WORDS);

function itemsOf(reading: RegisterReading, report: ReportLine): DifferenceOutput['items'] {
  return [...report.changes]
    .flatMap(([key, difference]) => {
      const entry = reading.entries.find((one) => one.key === key);
      if (entry === undefined) return [];
      return [
        { account: key, name: nameOf(reading, entry), difference, words: DIFFERENCE_WORDS[difference] },
      ];
    })
    .toSorted(
      (a, b) =>
        DIFFERENCE_ORDER.indexOf(a.difference) - DIFFERENCE_ORDER.indexOf(b.difference) ||
        a.account.localeCompare(b.account),
    );
}

/** The filter in words, for exported files; null if everything is shown. */
export function filterWords(filter: Filter): string | null {
  const parts = [
    filter.state && `state: ${filter.state.replaceAll('_', ' ')}`,
    filter.difference && `newest report: ${filter.difference.replaceAll('_', ' ')}`,
    filter.closedAfter && `closed after messages: ${filter.closedAfter}`,
    filter.owner && `owner: ${filter.owner}`,
    filter.marked && `marked: ${filter.marked}`,
    filter.search && `“${filter.search}”`,
  ].filter((part) => part !== undefined && part !== '');
  return parts.length === 0 ? null : parts.join('; ');
}

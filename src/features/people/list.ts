import type { z } from 'zod';
import { isIn, TABS, type Tab } from '#domain/people/places.ts';
import { cached } from '#store/cache.ts';
import { allDecisions } from '#store/people/decisions.ts';
import type { HandlerContext } from '../context.ts';
import { JsonAnswer } from '../json-answer.ts';
import { DEFAULT_LIMIT, type Page, pageOf } from '../paging.ts';
import { notFound } from '../problems.ts';
import { present } from '../shared/moment.ts';
import { viewerKey } from '../viewer-key.ts';
import { type Decision, decisionsAbout, importedDecisions, shownDecision } from './decisions.ts';
import type { PeopleReading } from './reading.ts';
import { readingNow } from './reading-now.ts';
import type { PersonRow } from './rows.ts';
import { peopleList, type personShown } from './schemas.ts';

export interface PeopleFilter {
  readonly tab: Tab;
  readonly search?: string | undefined;
}

/** The current comparison, with all decisions, including withdrawn ones. */
export async function readNow(
  context: HandlerContext,
): Promise<{ readonly reading: PeopleReading; readonly decisions: readonly Decision[] }> {
  const { services, client, scope } = context;
  const reading = await readingNow(context, client);
  if (reading === null) throw notFound();
  const decisions = await cached(services.store, scope, { key: 'decisions about people', weight: 1 }, () =>
    context.read(async (tx) => [
      ...(await allDecisions(tx, client.id)).map(shownDecision),
      ...(await importedDecisions(tx, client.id)),
    ]),
  );
  return { reading, decisions };
}

/** Rows of a list, most urgent first. */
export function matching(reading: PeopleReading, { tab, search }: PeopleFilter): readonly PersonRow[] {
  const words = search?.toLowerCase() ?? '';
  return reading.rows
    .filter((row) => isIn(tab, row) && (words === '' || wordsOf(row).includes(words)))
    .toSorted((a, b) => ORDER.indexOf(a.place) - ORDER.indexOf(b.place));
}

const ORDER: readonly PersonRow['place'][] = [
  'has_left',
  'not_on_roster',
  'to_confirm',
  'no_seat',
  'matched',
  'seatless_account',
  'not_compared',
  'personal_account',
];

function wordsOf(row: PersonRow): string {
  return [
    row.name,
    row.account?.address ?? '',
    ...row.roster.flatMap((record) => [record.name ?? '', record.department ?? '', ...record.addresses]),
  ]
    .join(' ')
    .toLowerCase();
}

export function withDecisions(row: PersonRow, decisions: readonly Decision[]): z.input<typeof personShown> {
  return { ...plain(row), decisions: decisionsAbout(current(decisions), keysOf(row)) };
}

/** The row for the contract; arrays are copied, because those of a reading must not be changed. */
export function plain(row: PersonRow): Omit<z.input<typeof personShown>, 'decisions'> {
  return {
    ...row,
    account: row.account === null ? null : { ...row.account },
    roster: row.roster.map((record) => ({ ...record, addresses: [...record.addresses] })),
    state: { ...row.state },
    evidence: row.evidence.map((one) => ({ ...one })),
  };
}

export function current(decisions: readonly Decision[]): readonly Decision[] {
  return decisions.filter((one) => one.withdrawn === null);
}

export function keysOf(row: PersonRow): readonly string[] {
  const own = row.key === null ? [] : [row.key];
  // The record only resembles the account, so decisions about it may be about someone else.
  const roster = row.account !== null && row.place === 'to_confirm' ? [] : row.roster;
  return [...own, ...roster.flatMap((record) => record.addresses)];
}

/**
 * The controls that the lists agree with. Without the rights for controls and exceptions, their sentences are left out,
 * because they may mention exceptions.
 */
export function controlsOf(context: HandlerContext, reading: PeopleReading) {
  const readable = context.can('controls.read') && context.can('exceptions.read');
  return reading.controls.map((one) => ({ ...one, reason: readable ? one.reason : null }));
}

type PeopleList = z.infer<typeof peopleList>;

/**
 * A list of the page. Cached for everyone who sees the same, until data of the client changes or the day ends. Searches
 * and other pages are not cached, because they are rarely requested twice.
 */
export async function listPeople(
  context: HandlerContext,
  input: PeopleFilter & Page,
): Promise<JsonAnswer<PeopleList>> {
  const { services, client, now, scope } = context;
  const make = async () => new JsonAnswer(peopleList, await madeList(context, input));
  const { tab, search, limit, cursor } = input;
  if (search !== undefined || cursor !== undefined || limit !== DEFAULT_LIMIT) return make();
  const { today } = present(now, client.timezone);
  const key = `people list ${today} ${tab} ${viewerKey(context)}`;
  return cached(services.store, scope, { key }, make);
}

async function madeList(
  context: HandlerContext,
  input: PeopleFilter & Page,
): Promise<z.input<typeof peopleList>> {
  const { reading, decisions } = await readNow(context);
  const rows = matching(reading, input);
  const page = pageOf(rows, ({ id }) => id, input);
  const count = (tab: Tab) => reading.rows.filter((row) => isIn(tab, row)).length;
  return {
    tab: input.tab,
    items: page.items.map((row) => withDecisions(row, decisions)),
    nextCursor: page.nextCursor,
    total: rows.length,
    counts: Object.fromEntries(TABS.map((tab) => [tab, count(tab)])) as Record<Tab, number>,
    blocked: gap(reading.blocked),
    personalBlocked: gap(reading.personalBlocked),
    seats: reading.seats,
    staff: reading.staff,
    files: reading.files.map((one) => ({ ...one })),
    controls: controlsOf(context, reading),
    today: reading.today,
  };
}

function gap(one: PeopleReading['blocked']): z.input<typeof peopleList>['blocked'] {
  return one === null ? null : { ...one, missing: [...one.missing] };
}

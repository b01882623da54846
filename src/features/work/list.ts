import type { z } from 'zod';
import { WORK_KIND_WORDS, WORK_WHEN_WORDS } from '#domain/labels.ts';
import { searchable } from '#domain/text/unicode-form.ts';
import { inOrder, NOW, type WorkItem } from '#domain/work/items.ts';
import { activeGrants } from '#store/access/people.ts';
import { cached } from '#store/cache.ts';
import { remindersTo, type WorkReminder } from '#store/reminders/work-reminders.ts';
import type { HandlerContext } from '../context.ts';
import { JsonAnswer } from '../json-answer.ts';
import { pageOf } from '../paging.ts';
import { allClients } from '../shared/visible-clients.ts';
import { viewerKey } from '../viewer-key.ts';
import { type workContract, workListSchema } from './contract.ts';
import { type KeptWork, keptWork } from './load.ts';
import { isReminderOf, remindedSince } from './reminded.ts';
import {
  countWhen,
  isMine,
  KIND_NEEDS,
  nowOf,
  sumCounts,
  type Viewer,
  visibleCounts,
  type WorkView,
  workView,
} from './view.ts';

type WorkFilter = z.infer<NonNullable<(typeof workContract.list)['~orpc']['inputSchema']>>;
type WorkQuestion = z.infer<NonNullable<(typeof workContract.export)['~orpc']['inputSchema']>>;
type WorkList = z.infer<typeof workListSchema>;

export function viewerOf({ actor, can }: Pick<HandlerContext, 'actor' | 'can'>): Viewer {
  return {
    id: actor.userId,
    name: actor.name,
    email: actor.email,
    can: (permission, client) => can(permission, client),
  };
}

/** A piece of work with its client. */
interface Line {
  readonly work: KeptWork;
  readonly item: WorkItem;
}

/** What is due at all clients that the person may see, most urgent first. */
export async function listWork(context: HandlerContext, filter: WorkFilter): Promise<WorkList> {
  return listOf(context, filter, await visibleWork(context, viewerOf(context), filter.wait === 'no'));
}

/**
 * Lifetime of cached lists, in milliseconds. They depend on the dates of many clients, and it is midnight in some time
 * zone every quarter hour.
 */
const SLOT_MS = 5 * 60_000;

/** The same, cached for everyone who may see the same, until something changes at any client. */
export async function writtenWork(
  context: HandlerContext,
  filter: WorkFilter,
): Promise<JsonAnswer<WorkList>> {
  const visible = await visibleWork(context, viewerOf(context), filter.wait === 'no');
  const make = async () => new JsonAnswer(workListSchema, await listOf(context, filter, visible));
  if (visible.deciding.length > 0) return make();
  const slot = Math.floor(context.now.getTime() / SLOT_MS);
  const key = `work ${slot} ${JSON.stringify(filter)} ${viewerKey(context)}`;
  return cached(context.services.store, 'system', { key }, make);
}

/** A piece of work of someone, with the newest reminder of it that they received; null: none. */
export type WorkForMe = WorkView & { readonly reminder: WorkReminder | null };

/**
 * What the person has to do now at all their clients: first what someone reminded them of, whenever it is due, then
 * their other work, critical alerts, and sinks that fail. Cached until something changes at any client.
 */
export async function workForMe(context: HandlerContext): Promise<readonly WorkForMe[]> {
  const viewer = viewerOf(context);
  const { shown, deciding } = await visibleWork(context, viewer, true);
  const make = async () => {
    const reminders = await context.services.store.read('system', (tx) =>
      remindersTo(tx, { user: viewer.id, client: null, since: remindedSince(context.now) }),
    );
    return shown
      .flatMap((work) => {
        const own = reminders.filter((one) => one.client_id === work.client.id);
        return linesOf(work, viewer, own.length === 0 ? { when: 'now' } : {}).map((line) => ({
          ...line,
          mine: isMine(line.item, work.client.id, viewer),
          reminder: own.find((one) => isReminderOf(one, line.item)) ?? null,
        }));
      })
      .filter(({ item, mine, reminder }) =>
        NOW.includes(item.when) ? mine || isUrgent(item) : mine && reminder !== null,
      )
      .sort((a, b) => Number(b.reminder !== null) - Number(a.reminder !== null) || byUrgency(a, b))
      .map(({ work, item, reminder }) => ({ ...workView(work, item, viewer, new Map()), reminder }));
  };
  if (deciding.length > 0) return make();
  const slot = Math.floor(context.now.getTime() / SLOT_MS);
  return cached(context.services.store, 'system', { key: `work for me ${slot} ${viewerKey(context)}` }, make);
}

/** Whether everyone who may see it should know at once, whoever owns it. */
function isUrgent({ kind, subject }: WorkItem): boolean {
  return kind === 'sink' || (kind === 'alert' && subject === 'critical');
}

function byUrgency(a: Line, b: Line): number {
  return inOrder(a.item, b.item) || byName.compare(a.work.client.name, b.work.client.name);
}

async function listOf(
  context: HandlerContext,
  filter: WorkFilter,
  { shown, deciding }: Visible,
): Promise<WorkList> {
  const viewer = viewerOf(context);
  const lines = shown.flatMap((work) => linesOf(work, viewer, filter)).sort(byUrgency);
  const { items: page, nextCursor } = pageOf(
    lines,
    ({ work, item }) => `${work.client.slug} ${item.key}`,
    filter,
  );
  const owned = page.some(({ item }) => item.owner !== null && item.owner.user !== null);
  const grants = owned
    ? await context.services.store.read('system', (tx) => activeGrants(tx))
    : new Map<string, never>();
  const clients = shown.map((work) => {
    const counts = visibleCounts(work, viewer.can);
    return { client: work.client.slug, name: work.client.name, counts, now: nowOf(counts) };
  });
  const counts = sumCounts(clients.map((one) => one.counts));
  return {
    items: page.map(({ work, item }) => workView(work, item, viewer, grants)),
    nextCursor,
    total: lines.length,
    found: countWhen(lines.map(({ item }) => item)),
    all: Object.values(counts).reduce((sum, n) => sum + n, 0),
    counts,
    now: nowOf(counts),
    clients,
    deciding,
  };
}

const byName = new Intl.Collator('en', { sensitivity: 'base' });

interface Visible {
  readonly shown: readonly KeptWork[];
  readonly deciding: WorkList['deciding'];
}

/**
 * What is due at each client of which the viewer may see anything. With `now`, clients without verdicts of today are
 * named instead and evaluated in the background.
 */
async function visibleWork({ services }: HandlerContext, { can }: Viewer, now: boolean): Promise<Visible> {
  const needs = new Set(Object.values(KIND_NEEDS));
  const ids = (await allClients(services)).filter((id) => [...needs].some((need) => can(need, id)));
  if (!now) {
    await services.verdicts.ensureCurrent(ids);
    return { shown: await keptWork(services, ids), deciding: [] };
  }
  const behind = await services.verdicts.behind(ids);
  if (behind.length === 0) return { shown: await keptWork(services, ids), deciding: [] };
  // The next request will find more of them evaluated.
  void services.verdicts
    .ensureCurrent(behind)
    .catch((error: unknown) => services.log.error({ err: error }, 'not every client could be re-evaluated'));
  const late = new Set(behind);
  const names = await services.store.read(behind, (tx) =>
    tx.selectFrom('clients').select(['slug', 'name']).where('id', 'in', behind).execute(),
  );
  return {
    shown: await keptWork(
      services,
      ids.filter((id) => !late.has(id)),
    ),
    deciding: names
      .map(({ slug, name }) => ({ client: slug, name }))
      .sort((a, b) => byName.compare(a.name, b.name)),
  };
}

function linesOf(work: KeptWork, viewer: Viewer, filter: Omit<WorkQuestion, 'format'>): Line[] {
  const { client } = work;
  if (filter.of !== undefined && filter.of !== client.slug) return [];
  const words = searchable(filter.text ?? '')
    .split(/\s+/)
    .filter(Boolean);
  return partsOf(work, filter.when)
    .filter(
      (item) =>
        viewer.can(KIND_NEEDS[item.kind], client.id) &&
        (filter.kind === undefined || filter.kind === item.kind) &&
        (filter.when === undefined || filter.when === 'now' || filter.when === item.when) &&
        (filter.owner !== 'nobody' || item.owner === null) &&
        (filter.owner !== 'mine' || isMine(item, client.id, viewer)) &&
        words.every((word) =>
          searchable(`${item.title}\n${item.why}\n${item.owner?.name ?? ''}\n${client.name}`).includes(word),
        ),
    )
    .map((item) => ({ work, item }));
}

/** The smallest set of items that contains this part of the list. */
function partsOf({ now, rest }: KeptWork, when: WorkFilter['when']): readonly WorkItem[] {
  if (when === undefined) return [...now.read(), ...rest.read()];
  return when === 'now' || NOW.includes(when) ? now.read() : rest.read();
}

/** The filter in words, for the header of a file. */
export function filterWords(filter: Omit<WorkQuestion, 'format'>): string | null {
  const parts = [
    filter.of === undefined ? null : `Client: ${filter.of}`,
    filter.when === undefined
      ? null
      : filter.when === 'now'
        ? 'What is to be done now'
        : WORK_WHEN_WORDS[filter.when],
    filter.kind === undefined ? null : `Kind: ${WORK_KIND_WORDS[filter.kind]}`,
    filter.owner === undefined ? null : filter.owner === 'mine' ? 'Mine' : 'Unassigned',
    filter.text === undefined || filter.text.trim() === '' ? null : `Text: ${filter.text.trim()}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('; ');
}
// Guide: G3.4-00

import type { z } from 'zod';
import { inOrder, NOW, type WorkItem } from '#domain/work/items.ts';
import { activeGrants } from '#store/access/people.ts';
import type { HandlerContext } from '../context.ts';
import { fold } from '../controls/filter.ts';
import { allClients } from '../fleet/visible.ts';
import type { workContract } from './contract.ts';
import { type ClientWork, workAt } from './load.ts';
import {
  countWhen,
  KIND_NEEDS,
  KIND_WORDS,
  nowOf,
  type Viewer,
  visibleItems,
  WHEN_WORDS,
  workView,
} from './view.ts';

export type WorkFilter = z.infer<NonNullable<(typeof workContract.list)['~orpc']['inputSchema']>>;
type WorkList = z.infer<NonNullable<(typeof workContract.list)['~orpc']['outputSchema']>>;

export function viewerOf({ actor, can }: Pick<HandlerContext, 'actor' | 'can'>): Viewer {
  return {
    id: actor.userId,
    name: actor.name,
    email: actor.email,
    can: (permission, client) => can(permission, client),
  };
}

/** What is due at the clients that the person may see, worst first over all of them. */
export async function listWork(context: HandlerContext, filter: WorkFilter): Promise<WorkList> {
  const { services } = context;
  const viewer = viewerOf(context);
  const shown = await visibleWork(services, viewer);
  const grants = await services.store.read('system', (tx) => activeGrants(tx));
  const all = shown.flatMap(({ work, items }) => items.map((item) => ({ work, item })));
  const words = fold(filter.text ?? '')
    .split(/\s+/)
    .filter(Boolean);
  const items = all
    .filter(({ work, item }) => matches(work, item, filter))
    .sort((a, b) => inOrder(a.item, b.item) || a.work.client.name.localeCompare(b.work.client.name, 'en'))
    .map(({ work, item }) => workView(work, item, viewer, grants))
    .filter(
      (view) =>
        (filter.owner !== 'mine' || view.mine) &&
        words.every((word) =>
          fold(`${view.title}\n${view.why}\n${view.owner?.name ?? ''}\n${view.name}`).includes(word),
        ),
    );
  const counts = countWhen(all.map(({ item }) => item));
  return {
    items,
    total: items.length,
    all: all.length,
    counts,
    now: nowOf(counts),
    clients: shown.map(({ work, items: own }) => {
      const here = countWhen(own);
      return { client: work.client.slug, name: work.client.name, counts: here, now: nowOf(here) };
    }),
  };
}

/** The clients of which anything is the viewer's to see, with what is. */
export async function visibleWork(
  services: HandlerContext['services'],
  { can }: Viewer,
): Promise<{ readonly work: ClientWork; readonly items: readonly WorkItem[] }[]> {
  const needs = new Set(Object.values(KIND_NEEDS));
  const ids = (await allClients(services)).filter((id) => [...needs].some((need) => can(need, id)));
  return (await workAt(services, ids)).map((work) => ({ work, items: visibleItems(work, can) }));
}

function matches({ client }: ClientWork, item: WorkItem, filter: WorkFilter): boolean {
  if (filter.of !== undefined && filter.of !== client.slug) return false;
  if (filter.kind !== undefined && filter.kind !== item.kind) return false;
  if (
    filter.when === 'now' ? !NOW.includes(item.when) : filter.when !== undefined && filter.when !== item.when
  )
    return false;
  return filter.owner !== 'nobody' || item.owner === null;
}

/** The filter in words, for the head of a file. */
export function filterWords(filter: WorkFilter): string | null {
  const parts = [
    filter.of === undefined ? null : `Client: ${filter.of}`,
    filter.when === undefined
      ? null
      : filter.when === 'now'
        ? 'What is to be done now'
        : WHEN_WORDS[filter.when],
    filter.kind === undefined ? null : `Kind: ${KIND_WORDS[filter.kind]}`,
    filter.owner === undefined ? null : filter.owner === 'mine' ? 'Mine' : 'Of nobody',
    filter.text === undefined || filter.text.trim() === '' ? null : `Text: ${filter.text.trim()}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('; ');
}

import type { z } from 'zod';
import { type Change, fieldChanges } from '#domain/catalogue-changes/changes.ts';
import { ENTRY_KINDS } from '#domain/catalogue-changes/entries.ts';
import { ENTRY_WORDS } from '#domain/labels.ts';
import { monthWords, shortId } from '#domain/text/words.ts';
import { clientNames } from '#store/access/clients.ts';
import type { HandlerContext } from '../context.ts';
import type { Unpaged } from '../paging.ts';
import { notFound } from '../problems.ts';
import { visibleClients } from '../shared/visible-clients.ts';

import { allRevised, type Revised, revisedOf } from './changes.ts';
import type { revisionsContract, touchedEntrySchema } from './contract.ts';
import { touchesOf } from './touches.ts';

type Shown = z.infer<NonNullable<(typeof revisionsContract.show)['~orpc']['outputSchema']>>;
type Filter = Unpaged<(typeof revisionsContract.show)['~orpc']['inputSchema']>;
export type TouchedEntry = z.infer<typeof touchedEntrySchema>;

export async function listRevisions({ services }: HandlerContext) {
  const items = (await allRevised(services)).map(headOf);
  const { guide } = services.catalogue;
  return {
    items,
    total: items.length,
    guide:
      guide === null
        ? null
        : {
            title: guide.title,
            publisher: guide.publisher,
            asOf: monthWords(guide.asOf),
            says: guide.says,
          },
  };
}

function headOf({ revision, earlier, changes }: Revised) {
  const counted = (change: Change['change']) => changes.filter((one) => one.change === change).length;
  return {
    number: revision.number,
    storedAt: revision.storedAt.toISOString(),
    bylaw: revision.bylawVersion,
    guide: revision.guide === null ? null : monthWords(revision.guide),
    first: earlier === null,
    counts: { added: counted('added'), changed: counted('changed'), removed: counted('removed') },
  };
}

/** The changes of a revision, each with those of the person's clients that it affects. */
export async function showRevision(context: HandlerContext, filter: Filter): Promise<Shown> {
  const { services } = context;
  const revised = await revisedOf(services, filter.revision);
  if (revised === null) throw notFound('The catalogue has no revision with this number.');
  const ids = await visibleClients(context, 'controls.read');
  const names = await services.store.read(ids, (tx) => clientNames(tx));
  const touched = await touchesOf(services, revised, ids);
  const clients = [...touched].flatMap(([id, reasons]) => {
    const client = names.get(id);
    return client === undefined ? [] : [{ ...client, reasons }];
  });
  clients.sort((a, b) => a.name.localeCompare(b.name, 'en', { sensitivity: 'base' }));
  const all = revised.changes.map((change, at) => ({
    ...entryOf(change),
    clients: clients.flatMap(({ slug, name, reasons }) => {
      const reason = reasons[at] ?? null;
      return reason === null ? [] : [{ client: slug, name, reason }];
    }),
  }));
  const items = all
    .filter(
      (entry) =>
        (filter.kind === undefined || entry.kind === filter.kind) &&
        (filter.touching === undefined || entry.clients.length > 0) &&
        (filter.client === undefined || entry.clients.some(({ client }) => client === filter.client)),
    )
    .map((entry) =>
      filter.client === undefined
        ? entry
        : { ...entry, clients: entry.clients.filter(({ client }) => client === filter.client) },
    );
  return {
    ...headOf(revised),
    guideBefore: revised.earlier?.guide == null ? null : monthWords(revised.earlier.guide),
    items: items.toSorted((a, b) => ENTRY_KINDS.indexOf(a.kind) - ENTRY_KINDS.indexOf(b.kind)),
    total: items.length,
    all: all.length,
    clients: clients
      .map(({ slug, name, reasons }) => ({
        client: slug,
        name,
        entries: reasons.filter((reason) => reason !== null).length,
      }))
      .filter(({ entries }) => entries > 0)
      .sort((a, b) => b.entries - a.entries),
    seen: ids.length,
  };
}

/** The title of a changed entry. */
export function nameOf({
  kind,
  id,
  title,
}: Pick<Change, 'kind' | 'id' | 'title'>): Pick<TouchedEntry, 'kindName' | 'short' | 'title'> {
  return { kindName: ENTRY_WORDS[kind], short: kind === 'control' ? shortId(id) : id, title };
}

/** One changed entry in words. */
export function entryOf(change: Change): Omit<TouchedEntry, 'clients'> {
  const { kind, id, date, before, after } = change;
  return {
    kind,
    id,
    ...nameOf(change),
    date,
    change: change.change,
    fields: change.change === 'changed' ? fieldChanges(before, after) : [],
    page: after === null ? null : pageOf(change),
  };
}

function pageOf({ kind, id, after }: Change): TouchedEntry['page'] {
  switch (kind) {
    case 'control':
      return { kind: 'controls', id: shortId(id) };
    case 'capability':
      return { kind: 'capabilities', id };
    case 'connector':
      return { kind: 'connectors', id };
    case 'risk':
      return { kind: 'risks', id };
    case 'clause':
      return { kind: 'clauses', id };
    case 'claude_plan':
      return { kind: 'licenses', id: `plan-${id}` };
    case 'tier':
      return { kind: 'licenses', id: `tier-${id}` };
    case 'add_on':
      return { kind: 'licenses', id: `addon-${id}` };
    case 'sku': {
      const skuId = typeof after === 'object' && after !== null && 'skuId' in after ? after.skuId : null;
      const key = typeof skuId === 'string' ? skuId : id.toLowerCase().replace(/[^a-z0-9]+/g, '-');
      return { kind: 'licenses', id: `sku-${key}` };
    }
    case 'guide':
    case 'service_plan':
    case 'journey':
    case 'task':
    case 'baseline':
    case 'message':
    case 'recurring_task':
      return null;
  }
}

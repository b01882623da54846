import { type Change, changesBetween } from '#domain/catalogue-changes/changes.ts';
import { ENTRY_KINDS, type Entry, type EntryKind, entriesOf } from '#domain/catalogue-changes/entries.ts';
import { allRevisions, entriesOfRevision, type StoredRevision } from '#store/revisions/revisions.ts';
import type { HandlerContext } from '../context.ts';

export interface Revised {
  readonly revision: StoredRevision;
  /** The previous revision; null: this is the first one stored. */
  readonly earlier: StoredRevision | null;
  readonly changes: readonly Change[];
  /** Entries of this server's catalogue whose text differs before and after the changes. */
  readonly before: readonly Patch[];
  readonly after: readonly Patch[];
}

export interface Patch {
  readonly kind: EntryKind;
  readonly id: string;
  readonly body: unknown;
}

type Services = HandlerContext['services'];

/** Cached, because revisions never change. */
const known = new WeakMap<Services['store'], Map<number, Revised>>();
const MAX_KEPT = 50;

/** Every revision with its changes, newest first. */
export async function allRevised(services: Services): Promise<Revised[]> {
  const revisions = await services.store.read('system', (tx) => allRevisions(tx));
  const list: Revised[] = [];
  for (const [at, revision] of revisions.entries())
    list.push(await revisedBy(services, revision, revisions[at + 1] ?? null));
  return list;
}

/** One revision with its changes; null: there is none with this number. */
export async function revisedOf(services: Services, number: number): Promise<Revised | null> {
  const revisions = await services.store.read('system', (tx) => allRevisions(tx));
  const at = revisions.findIndex((one) => one.number === number);
  const revision = revisions[at];
  return revision === undefined ? null : revisedBy(services, revision, revisions[at + 1] ?? null);
}

async function revisedBy(
  services: Services,
  revision: StoredRevision,
  earlier: StoredRevision | null,
): Promise<Revised> {
  const cache = known.get(services.store) ?? new Map<number, Revised>();
  known.set(services.store, cache);
  const kept = cache.get(revision.number);
  if (kept !== undefined) return kept;
  const [then, now] = await services.store.read('system', async (tx) => [
    earlier === null ? [] : await readEntries(tx, earlier.number),
    await readEntries(tx, revision.number),
  ]);
  const running = entriesOf(services.catalogue);
  const made: Revised = {
    revision,
    earlier,
    changes: earlier === null ? [] : changesBetween(then, now),
    before: patches(running, earlier === null ? now : then),
    after: patches(running, now),
  };
  if (cache.size >= MAX_KEPT) cache.clear();
  cache.set(revision.number, made);
  return made;
}

async function readEntries(tx: Parameters<typeof entriesOfRevision>[0], number: number): Promise<Entry[]> {
  const rows = await entriesOfRevision(tx, number);
  // A kind that only a later version of Bylaw knows is skipped: nothing here can evaluate it.
  return rows.flatMap(({ kind, id, title, date, body }) => {
    const known = ENTRY_KINDS.find((one) => one === kind);
    return known === undefined ? [] : [{ kind: known, id, title, date, body }];
  });
}

function patches(running: readonly Entry[], wanted: readonly Entry[]): Patch[] {
  return changesBetween(running, wanted).map(({ kind, id, after }) => ({ kind, id, body: after }));
}

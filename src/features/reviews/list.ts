import { REVIEW_DECKS, type ReviewDeck } from '#domain/model/review.ts';
import type { Tx } from '#store/open.ts';
import {
  answeredCounts,
  isOpenReview,
  openFlags,
  type ReviewRow,
  reviewsOf,
} from '#store/reviews/reviews.ts';
import { type RhythmRow, rhythmsOf } from '#store/work/cadence.ts';
import { journalReviews } from '#store/work/due.ts';
import type { HandlerContext } from '../context.ts';
import { shownOwner, usersWithAccess } from '../owners/index.ts';
import { present, zoneOf } from '../shared/moment.ts';
import { visibleClients } from '../shared/visible-clients.ts';
import { templateOf } from './facts.ts';
import { headOf } from './show.ts';
import { charterNow, signersOf } from './signers.ts';

interface Stored {
  readonly reviews: readonly ReviewRow[];
  readonly answered: ReadonlyMap<string, number>;
  readonly rhythms: readonly RhythmRow[];
  /** Day of the next quarterly review in the client's journal. */
  readonly journal: ReadonlyMap<string, string | null>;
}

async function stored(tx: Tx, clientIds: readonly string[]): Promise<Stored> {
  return {
    reviews: await reviewsOf(tx, clientIds),
    answered: await answeredCounts(tx, clientIds),
    rhythms: await rhythmsOf(tx, clientIds),
    journal: new Map((await journalReviews(tx, clientIds)).map(({ client_id, next }) => [client_id, next])),
  };
}

/** Status of one kind of review of a client: when it is due, and the progress of the open one. */
function status(
  context: Pick<HandlerContext, 'services'>,
  { reviews, answered, rhythms, journal }: Stored,
  clientId: string,
  kind: ReviewDeck,
  today: string,
) {
  const template = templateOf(context, kind);
  const own = reviews.filter((row) => row.client_id === clientId && row.kind === kind);
  const rhythm = rhythms.find((row) => row.client_id === clientId && row.task === template.task);
  const set = rhythm?.active === true ? rhythm.due_on : null;
  // If no day is set under Work, the journal may give that of the quarterly review, as on the fleet page.
  const due = set ?? (kind === 'quarterly' ? (journal.get(clientId) ?? null) : null);
  const open = own.find(isOpenReview);
  const days = own.flatMap(({ signed_on }) => signed_on ?? []).sort();
  return {
    due,
    late: due !== null && due < today,
    open: open?.id ?? null,
    answered: open === undefined ? 0 : (answered.get(`${clientId} ${open.id}`) ?? 0),
    of: open?.items.length ?? template.items.length,
    last: days.at(-1) ?? null,
  };
}

/** The reviews of a client: due, signed, and flags that are still open. */
export async function listReviews(context: HandlerContext) {
  const { services, client, can, now } = context;
  const { today } = present(now, client.timezone);
  const access = await usersWithAccess(context);
  const { all, flags, charter } = await context.read(async (tx) => ({
    all: await stored(tx, [client.id]),
    flags: await openFlags(tx, [client.id]),
    charter: await charterNow(tx, client.id),
  }));
  const quarterly = signersOf('quarterly', charter, null);
  const items = all.reviews
    .filter((row) => !isOpenReview(row))
    .map((row) =>
      headOf(row, templateOf(context, row.kind).title, all.answered.get(`${client.id} ${row.id}`) ?? 0),
    );
  return {
    items,
    total: items.length,
    today,
    decks: REVIEW_DECKS.map((kind) => {
      const { title, task } = templateOf(context, kind);
      const minutes = services.catalogue.cadence.tasks.find(({ id }) => id === task)?.minutes ?? 0;
      return { kind, title, minutes, ...status(context, all, client.id, kind, today) };
    }),
    flags: flags.map((row) => ({
      review: row.review_id,
      item: row.item,
      title: row.items.find(({ id }) => id === row.item)?.title ?? row.item,
      note: row.note,
      owner: shownOwner(row, access),
      day: row.day,
      late: row.day !== null && row.day < today,
    })),
    signers: quarterly.map(({ name, as }) => ({ name, as })),
    may: { edit: can('work.edit') },
  };
}

/** Reviews of all clients that the person may see: overdue first, then by day, then those without a day. */
export async function reviewQueue(
  context: HandlerContext,
  { kind }: { readonly kind?: ReviewDeck | undefined },
) {
  const { services, now } = context;
  const ids = await visibleClients(context, 'controls.read');
  if (ids.length === 0) return { items: [], total: 0 };
  const { clients, all } = await services.store.read(ids, async (tx) => ({
    clients: await tx
      .selectFrom('clients')
      .select(['id', 'slug', 'name', 'profile'])
      .where('id', 'in', ids)
      .execute(),
    all: await stored(tx, ids),
  }));
  const items = clients
    .flatMap(({ id, slug, name, profile }) =>
      REVIEW_DECKS.filter((one) => kind === undefined || one === kind).map((one) => ({
        client: slug,
        name,
        kind: one,
        title: templateOf(context, one).title,
        ...status(context, all, id, one, present(now, zoneOf(profile)).today),
      })),
    )
    .sort(
      (a, b) =>
        (a.due ?? '9999').localeCompare(b.due ?? '9999') ||
        a.name.localeCompare(b.name) ||
        a.kind.localeCompare(b.kind),
    );
  return { items, total: items.length };
}
// Guide: G7.1-00

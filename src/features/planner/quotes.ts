import { dayWords } from '#domain/text/words.ts';
import { deleteQuote, findQuote, putQuote, type QuoteRow } from '#store/planner/quotes.ts';
import type { HandlerContext } from '../context.ts';
import { lastChange } from '../last-change.ts';
import { badRequest, conflict, notFound, unprocessable } from '../problems.ts';
import { priceWords } from './money.ts';
import { plannerDay, todayOf } from './read.ts';
import type { QuoteView } from './schemas.ts';
import { shownQuote } from './shown-quote.ts';

export interface GivenQuote {
  readonly purchase: string;
  readonly usdPerMonth: number;
  readonly note?: string | null | undefined;
  readonly on?: string | undefined;
  readonly version: number;
}

/** Stores a quote. The previous one stays in the audit log. */
export async function setQuote(context: HandlerContext, given: GivenQuote): Promise<QuoteView> {
  const { client, actor, now } = context;
  const today = plannerDay(context);
  const on = given.on ?? today;
  if (on > today)
    throw badRequest(
      `${dayWords(on)} is in the future. A quote is dated today, ${dayWords(today)}, or earlier.`,
    );
  const { offers } = await todayOf(context);
  const offer = offers.find(({ id }) => id === given.purchase);
  if (offer === undefined)
    throw unprocessable('The planner has no purchase with this id. “planner show” lists them.');
  const cents = Math.round(given.usdPerMonth * 100);
  const note = given.note == null || given.note === '' ? null : given.note;
  const row = await context.change(async (tx, recorder) => {
    const before = await findQuote(tx, client.id, offer.id);
    const stored = await putQuote(
      tx,
      {
        client_id: client.id,
        purchase: offer.id,
        usd_cents: cents,
        note,
        quoted_on: on,
        entered_by: actor.userId,
        entered_by_name: actor.name,
        entered_at: now,
      },
      given.version,
    );
    const after = await findQuote(tx, client.id, offer.id);
    if (!stored || after === undefined) {
      if (before === undefined) throw conflict(goneWords(offer.name), { by: null, at: null, version: null });
      throw conflict(
        `${before.entered_by_name} entered ${priceWords(before.usd_cents / 100, offer.per)} for ${offer.name} meanwhile. Look at it, then enter yours again if it still counts.`,
        { by: before.entered_by_name, at: before.entered_at, version: before.version },
      );
    }
    await recorder.record({
      subject: { kind: 'quote', id: offer.id, name: offer.name },
      reason: note,
      before: before === undefined ? null : recorded(before),
      after: recorded(after),
    });
    return after;
  });
  context.services.events.publish({ client: client.id, topic: 'client', id: null });
  return shownQuote(row, offers);
}

function goneWords(name: string): string {
  return `The quote for ${name} was removed meanwhile. Enter yours as a new one if it still counts.`;
}

function recorded({ usd_cents, note, quoted_on, entered_by_name }: QuoteRow) {
  return { usdPerMonth: usd_cents / 100, note, on: quoted_on, by: entered_by_name };
}

/** Removes a quote, so that the list price applies again. The quote stays in the audit log. */
export async function removeQuote(context: HandlerContext, purchase: string) {
  const { client } = context;
  await context.change(async (tx, recorder) => {
    const before = await findQuote(tx, client.id, purchase);
    if (before === undefined) {
      const { by } = await lastChange(tx, {
        chain: client.id,
        actions: 'planner.remove_quote',
        subject: purchase,
      });
      throw notFound(by === null ? undefined : `${by} has already removed this quote.`);
    }
    await deleteQuote(tx, client.id, purchase);
    await recorder.record({
      subject: { kind: 'quote', id: purchase, name: purchase },
      before: recorded(before),
      after: null,
    });
  });
  context.services.events.publish({ client: client.id, topic: 'client', id: null });
  return { removed: true };
}
// Guide: G1.2-12

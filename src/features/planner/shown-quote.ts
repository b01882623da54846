import type { QuoteRow } from '#store/planner/quotes.ts';
import type { OfferView, QuoteView } from './schemas.ts';

/** The view of a quote. A purchase that the catalogue no longer sells is named by its id. */
export function shownQuote(row: QuoteRow, offers: readonly OfferView[]): QuoteView {
  const offer = offers.find(({ id }) => id === row.purchase);
  return {
    purchase: row.purchase,
    name: offer?.name ?? row.purchase,
    usdPerMonth: row.usd_cents / 100,
    per: offer?.per ?? null,
    note: row.note,
    on: row.quoted_on,
    by: row.entered_by_name,
    at: row.entered_at.toISOString(),
    version: row.version,
  };
}

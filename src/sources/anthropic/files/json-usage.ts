import { addDays } from '#domain/model/day.ts';
import type { UsageRow } from '#domain/model/kinds.ts';
import { type FileKind, ImportProblem, type Note } from '../../exports/file-kind.ts';
import {
  instant,
  isObject,
  type JsonObject,
  member,
  numberOf,
  text,
} from '../../exports/kinds/json-values.ts';
import { isComplete } from './json-analytics.ts';
import { explainError, mostAre, pagesOf, rightRows } from './json-pages.ts';

const AMOUNTS = ['requests', 'uncached_input_tokens', 'output_tokens', 'amount', 'list_amount'] as const;
/** Expected format: a number of cents as text. */
const CENTS = /^-?\d{1,15}(?:\.\d{1,10})?$/;

function isUsage(item: JsonObject): boolean {
  const actor = member(item, 'actor');
  return (
    isObject(actor) &&
    typeof item.starting_at === 'string' &&
    typeof item.ending_at === 'string' &&
    AMOUNTS.some((key) => Object.hasOwn(item, key))
  );
}

/**
 * Usage and cost per person from Claude Enterprise's Analytics API (`user_usage_report`, `user_cost_report`). Amounts
 * are decimal strings in US cents.
 */
export const usageJson: FileKind<'usage'> = {
  kind: 'usage',
  recognize: (content) => (mostAre(content, isUsage) ? 1 : 0),
  parse(content, { file, today }) {
    const { pages, errors } = pagesOf(content);
    const [error] = errors;
    if (error) throw new ImportProblem(explainError(error));
    const odd: Note[] = [];
    const right = rightRows(
      pages.flatMap((page) => page.items),
      (item, row): UsageRow => {
        if (!isUsage(item))
          throw new ImportProblem('The entry is not the use of one person over a period.', { row });
        const actor = member(item, 'actor');
        const who = isObject(actor) ? actor : {};
        const [start, end] = [instant(item.starting_at), instant(item.ending_at)];
        if (start === null || end === null || end <= start)
          throw new ImportProblem('The period has no start or end in the form 2026-11-24T00:00:00Z.', {
            row,
            column: start === null ? 'starting_at' : 'ending_at',
          });
        const from = utcDay(start);
        const last = utcDay(end);
        return {
          file,
          row,
          email: (text(who.email) ?? text(who.email_address))?.toLowerCase() ?? null,
          name: text(who.name),
          product: text(item.product),
          model: text(item.model),
          messages: null,
          requests: numberOf(item.requests),
          promptTokens: numberOf(item.uncached_input_tokens),
          completionTokens: numberOf(item.output_tokens),
          netUsd: dollars(item, 'amount', row, odd),
          grossUsd: dollars(item, 'list_amount', row, odd),
          from,
          // The end is exclusive.
          to: end.slice(11, 19) === '00:00:00' && last > from ? addDays(last, -1) : last,
        };
      },
    );
    const from = right.rows.flatMap((row) => row.from ?? []).sort()[0];
    const to = right.rows
      .flatMap((row) => row.to ?? [])
      .sort()
      .at(-1);
    return [
      {
        kind: 'usage',
        rows: right.rows,
        complete: right.whole && isComplete(pages),
        ...(from === undefined || to === undefined ? {} : { covers: { from, to } }),
        observedOn: to === undefined ? null : to > today ? today : to,
        mapping: [],
        unmapped: [],
        notes: [...right.notes, ...odd],
      },
    ];
  },
};

/** An amount in US dollars; null: missing, unreadable or in another currency. */
function dollars(item: JsonObject, key: 'amount' | 'list_amount', row: number, notes: Note[]): number | null {
  const value = member(item, key);
  if (value === undefined || value === null) return null;
  const written = typeof value === 'number' ? String(value) : (text(value) ?? '');
  const currency = text(item.currency)?.toUpperCase() ?? 'USD';
  if (currency === 'USD' && CENTS.test(written)) return Number(written) / 100;
  const why = currency === 'USD' ? 'is not a number of cents' : `is in ${currency}, not in US dollars`;
  notes.push({ row, column: key, says: `“${written.slice(0, 40)}” ${why}. Stored as empty.` });
  return null;
}

/** The vendor's days are UTC. */
function utcDay(at: string): string {
  return at.slice(0, 10);
}

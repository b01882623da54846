import { z } from 'zod';
import { isObject, type Json } from '../../json-client.ts';
import { SourceProblem } from '../../problem.ts';
import type { SourceStream } from '../../source.ts';
import { accountsIn } from '../accounts.ts';
import type { AnthropicClient } from '../client.ts';
import { byToken, text } from '../pages.ts';

const placeSchema = z.object({ doneTo: z.string() });
const DAY_MS = 86_400_000;
/** The vendor's error for a report that an organization does not have. */
const NOT_OFFERED: readonly string[] = ['not_found', 'missing_permission', 'refused'];
/** Days to fetch initially; the vendor has them since 2026. */
const BACK_DAYS = 14;
const OLDEST = '2026-01-01';
/** Days to read again whenever a new one is available: the vendor corrects a day by a few percent afterwards. */
const REVISED_DAYS = 7;
/** A day is available from 10:00 UTC of the next one. */
const READY_MS = 34 * 3_600_000;

/** Usage per person, per connector and of the whole organization, for each day once the vendor has computed it. */
export const analytics: SourceStream<AnthropicClient> = {
  id: 'analytics',
  title: 'Use per person and connector, and of the organization',
  kinds: ['analytics_users', 'analytics_connectors', 'analytics_summaries'],
  keyKinds: ['access'],
  scopes: ['read:analytics'],
  everyMinutes: 60,
  ledger: 'analytics',
  async *read({ client, place, clock }) {
    const now = clock().getTime();
    const last = dayOf(now - READY_MS);
    const known = placeSchema.safeParse(place).data;
    const first = known === undefined ? dayOf(now - BACK_DAYS * DAY_MS) : after(known.doneTo);
    const begin = first < OLDEST ? OLDEST : first;
    if (begin > last) return;
    // All days of the organization in one answer; reading it again after an interruption gives the same.
    const summaries: Json[] = [];
    for await (const row of byToken(client, '/v1/organizations/analytics/summaries', {
      starting_date: begin,
      ending_date: after(last),
    }))
      summaries.push(row);
    if (summaries.length > 0)
      yield {
        files: [
          {
            name: `analytics-summaries-${begin}-${last}.json`,
            bytes: Buffer.from(`${JSON.stringify({ summaries }, null, 1)}\n`),
          },
        ],
        place,
      };
    const again = known === undefined ? begin : dayOf(Date.parse(begin) - REVISED_DAYS * DAY_MS);
    for (let day = again < OLDEST ? OLDEST : again; day <= last; day = after(day)) {
      const revised = day < begin;
      const list = async (what: string, query: Record<string, string>) => {
        const rows: Json[] = [];
        for await (const row of byToken(client, `/v1/organizations/analytics/${what}`, {
          date: day,
          limit: 1000,
          ...query,
        }))
          rows.push(row);
        return rows;
      };
      // The answer has no date. Without one, two days with equal figures would be the same file.
      const file = (name: string, data: readonly Json[]) => ({
        name: `${name}-${day}.json`,
        bytes: Buffer.from(`${JSON.stringify({ date: day, data, next_page: null }, null, 1)}\n`),
      });
      const people = withModels(await list('users', {}), await modelRows(client, day));
      const connectors = await list('connectors', { 'group_by[]': 'user_id' });
      yield {
        // A day without activity has no file: an empty list has nothing by which an importer could date it.
        files: [
          ...(people.length > 0 ? [file('analytics-users', people)] : []),
          ...(connectors.length > 0 ? [file('analytics-connectors', connectors)] : []),
        ],
        accounts: accountsIn(people),
        place: revised ? place : { doneTo: day },
        ...(revised ? {} : { complete: { from: `${day}T00:00:00.000Z`, to: `${after(day)}T00:00:00.000Z` } }),
      };
    }
  },
};

/** Tokens by person, model and product on one day; null: the vendor does not offer the report to the organization. */
async function modelRows(client: AnthropicClient, day: string): Promise<readonly Json[] | null> {
  const rows: Json[] = [];
  try {
    for await (const row of byToken(client, '/v1/organizations/analytics/user_usage_report', {
      starting_at: `${day}T00:00:00Z`,
      ending_at: `${after(day)}T00:00:00Z`,
      'group_by[]': ['model', 'product'],
      limit: 1000,
    }))
      rows.push(row);
  } catch (error) {
    // An organization with HIPAA readiness, for example, has the other figures but not these. The key's permission was
    // already shown by reading the people.
    if (error instanceof SourceProblem && NOT_OFFERED.includes(error.code)) return null;
    throw error;
  }
  return rows;
}

/** The vendor's rows of people, each with its usage by model. People who are only in the report get their own row. */
function withModels(people: readonly Json[], models: readonly Json[] | null): readonly Json[] {
  if (models === null) return people;
  const actor = ({ actor }: Json) => (isObject(actor) ? actor : {});
  const idOf = (row: Json) => text(actor(row).user_id) ?? text(actor(row).id);
  const byId = Map.groupBy(models, idOf);
  const used = (rows: readonly Json[]) =>
    rows.map(({ model, product, requests, total_tokens, ...row }) => ({
      model,
      product,
      requests,
      total_tokens: total_tokens ?? tokensOf(row),
    }));
  const known = new Set<string | null>();
  const listed = people.map((row) => {
    const id = isObject(row.user) ? text(row.user.id) : null;
    known.add(id);
    return { ...row, model_usage: used(id === null ? [] : (byId.get(id) ?? [])) };
  });
  const others = [...byId].flatMap(([id, rows]) => {
    const [first] = rows;
    if (id === null || first === undefined || known.has(id)) return [];
    const email_address = text(actor(first).email_address) ?? text(actor(first).email);
    return [{ user: { id, email_address, type: 'user' }, model_usage: used(rows) }];
  });
  return [...listed, ...others];
}

/** All tokens of a row for which the vendor gives no total; null: a part is not reported. */
function tokensOf(row: Json): number | null {
  const cache = isObject(row.cache_creation) ? Object.values(row.cache_creation) : [];
  const parts = [row.uncached_input_tokens, row.cache_read_input_tokens, row.output_tokens, ...cache];
  return parts.every((part) => typeof part === 'number')
    ? parts.reduce((sum: number, part) => sum + Number(part), 0)
    : null;
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function after(day: string): string {
  return dayOf(Date.parse(`${day}T00:00:00Z`) + DAY_MS);
}
// Guide: G1.1-04 G2.2-31 G5.1-04

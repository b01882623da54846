import { z } from 'zod';
import type { Json } from '../../json-client.ts';
import type { SourceStream } from '../../source.ts';
import { accountsIn } from '../accounts.ts';
import type { AnthropicClient } from '../client.ts';
import { byToken } from '../pages.ts';

const placeSchema = z.object({ doneTo: z.string() });
const DAY_MS = 86_400_000;
/** Days that are fetched at first; the vendor keeps them since 2026. */
const BACK_DAYS = 14;
const OLDEST = '2026-01-01';
/** Days that are read again whenever a new one is there: the vendor corrects a day by a few percent afterwards. */
const REVISED_DAYS = 7;
/** A day is reckoned up at 10:00 UTC of the next one. */
const READY_MS = 34 * 3_600_000;

/** Use per person, per connector and of the whole organization, day by day once the vendor has reckoned it up. */
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
    // All days of the organization in one answer; read again after a break, it says the same.
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
      // The answer names no day. Without one, two days on which the same was done would be one file.
      const file = (name: string, data: readonly Json[]) => ({
        name: `${name}-${day}.json`,
        bytes: Buffer.from(`${JSON.stringify({ date: day, data, next_page: null }, null, 1)}\n`),
      });
      const people = await list('users', {});
      const connectors = await list('connectors', { 'group_by[]': 'user_id' });
      yield {
        // A day on which nobody did anything has no file: an empty list says nothing that an importer could date.
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

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

function after(day: string): string {
  return dayOf(Date.parse(`${day}T00:00:00Z`) + DAY_MS);
}
// Guide: G1.1-04 G2.2-31

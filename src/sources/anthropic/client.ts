import { type Json, jsonClient } from '../json-client.ts';
import type { Reach } from '../source.ts';
import { problemOf } from './problem.ts';

/** Base URL of Anthropic's APIs. */
export const ANTHROPIC = 'api.anthropic.com';
/** API version sent with each request, so that a newer version cannot change the format. */
const VERSION = '2023-06-01';

export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** Reads Anthropic's APIs with one key. Read-only: it can only send GET. */
export interface AnthropicClient {
  get(path: string, query?: Query): Promise<Json>;
}

export function anthropicClient(key: string, reach: Reach): AnthropicClient {
  const ask = jsonClient({
    reach,
    budget: ({ pathname }) => familyOf(pathname),
    headers: async () => headersOf(key),
    problemOf,
    requestId: 'request-id',
  });
  return {
    get(path, query = {}) {
      const url = new URL(path, reach.address(ANTHROPIC));
      for (const [name, value] of Object.entries(query)) {
        if (value === undefined) continue;
        if (typeof value === 'object') for (const one of value) url.searchParams.append(name, one);
        else url.searchParams.set(name, String(value));
      }
      return ask(url);
    },
  };
}

/** Headers of every request. */
export function headersOf(key: string): Readonly<Record<string, string>> {
  return { 'x-api-key': key, 'anthropic-version': VERSION };
}

/** APIs with separate rate limits, which all keys of a parent organization share. */
export function familyOf(path: string): string {
  if (path.startsWith('/v1/compliance/')) return 'compliance';
  return path.startsWith('/v1/organizations/analytics/') ? 'analytics' : 'admin';
}

import { type Json, jsonClient } from '../json-client.ts';
import type { Reach } from '../source.ts';
import { ANTHROPIC, type AnthropicClient, anthropicClient, familyOf, headersOf } from './client.ts';
import { problemOf } from './problem.ts';

/** The Administration interface with a key that may change members. Only approved changes are sent by it. */
export interface AnthropicAdmin extends AnthropicClient {
  /** Not repeated: whether it was done is looked for first. */
  post(path: string, body: Json): Promise<Json>;
  delete(path: string): Promise<Json>;
}

export function anthropicAdmin(key: string, reach: Reach): AnthropicAdmin {
  const send = jsonClient({
    reach,
    budget: ({ pathname }) => familyOf(pathname),
    headers: async () => headersOf(key),
    problemOf,
    requestId: 'request-id',
    tries: 1,
  });
  const at = (path: string) => new URL(path, reach.address(ANTHROPIC));
  return {
    ...anthropicClient(key, reach),
    post: (path, body) =>
      send(at(path), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    delete: (path) => send(at(path), { method: 'DELETE' }),
  };
}
// Guide: G2.2-09 G6.6-03

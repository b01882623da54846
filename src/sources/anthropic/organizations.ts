import type { AnthropicClient } from './client.ts';
import { byToken, text } from './pages.ts';

export interface LinkedOrganization {
  readonly id: string;
  /** null: the vendor gives none. */
  readonly name: string | null;
}

/** The organizations that a key reads, in order of id. Throws a SourceProblem where the key may not list them. */
export async function linkedOrganizations(client: AnthropicClient): Promise<readonly LinkedOrganization[]> {
  const list: LinkedOrganization[] = [];
  for await (const item of byToken(client, '/v1/compliance/organizations', { limit: 1000 })) {
    const id = text(item.uuid) ?? text(item.id);
    if (id !== null) list.push({ id, name: text(item.name) });
  }
  return list.sort((a, b) => (a.id < b.id ? -1 : 1));
}

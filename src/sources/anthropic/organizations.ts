import { SourceProblem } from '../problem.ts';
import type { AnthropicClient } from './client.ts';
import { byToken, text } from './pages.ts';

export interface LinkedOrganization {
  readonly id: string;
  /** null: not reported. */
  readonly name: string | null;
}

/**
 * The organizations that a key can read, without duplicates, in order of id. Throws a SourceProblem if the key may not
 * list them, if the list is empty, or if one has no id: nothing about it could be requested, and the others do not
 * speak for it.
 */
export async function linkedOrganizations(client: AnthropicClient): Promise<readonly LinkedOrganization[]> {
  const list = new Map<string, LinkedOrganization>();
  for await (const item of byToken(client, '/v1/compliance/organizations', { limit: 1000 })) {
    const id = text(item.uuid) ?? text(item.id);
    if (id === null)
      throw new SourceProblem(
        'unreadable',
        'Anthropic lists a linked organization without an id, so what is set up in it cannot be read.',
        { retry: true },
      );
    list.set(id, { id, name: text(item.name) });
  }
  // A key always belongs to an organization, so an empty answer does not show what it can read.
  if (list.size === 0)
    throw new SourceProblem(
      'unreadable',
      'Anthropic lists no organization for this key, so nothing that is set up in it can be read.',
      { retry: true },
    );
  return [...list.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

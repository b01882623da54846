import { useQuery } from '@tanstack/react-query';
import { api } from '../../api.ts';
import type { Draft } from './words.ts';

/** What a draft would change. The cards that need it share the query, so that it is fetched once. */
export function effectOf(slug: string, id: string) {
  return { ...api.charter.draft.effect.queryOptions({ input: { client: slug, draft: id } }), staleTime: 0 };
}

/** Whether a draft that could be sent for approval still has questions that are answered on its page. */
export function useLeavesOpen(slug: string, { id, status }: Draft): boolean {
  const load = useQuery({ ...effectOf(slug, id), enabled: status.may.propose });
  return status.may.edit && (load.data?.questions ?? []).some(({ page }) => page === null);
}

import { monthWords } from '#domain/text/words.ts';
import type { HandlerContext } from '../context.ts';

import { allRevised } from './changes.ts';
import { nameOf } from './show.ts';
import { touchesOf } from './touches.ts';

/** Maximum entries named on a client's home; the revision's page lists all of them. */
const MAX_NAMED = 5;

/** Revisions of the catalogue since an instant that affect a client, newest first. */
export async function revisionsSince({ services, client }: HandlerContext, since: Date | null) {
  if (since === null) return [];
  const revised = (await allRevised(services)).filter(
    ({ revision, earlier }) => earlier !== null && revision.storedAt > since,
  );
  const reported = [];
  for (const one of revised) {
    const reasons = (await touchesOf(services, one, [client.id])).get(client.id) ?? [];
    const items = one.changes.flatMap((change, at) => {
      const reason = reasons[at] ?? null;
      if (reason === null) return [];
      return [{ ...nameOf(change), change: change.change, reason }];
    });
    if (items.length === 0) continue;
    const { revision, earlier } = one;
    reported.push({
      revision: revision.number,
      at: revision.storedAt.toISOString(),
      guide: revision.guide === null || revision.guide === earlier?.guide ? null : monthWords(revision.guide),
      total: items.length,
      items: items.slice(0, MAX_NAMED),
    });
  }
  return reported;
}

import type { HandlerContext, Services } from '../context.ts';
import { present } from '../shared/moment.ts';
import { CONSOLE } from '../shared/services/facts.ts';
import type { About } from './about-task.ts';

export interface ClientAbout extends About {
  /** null if there is none. */
  readonly charter: { readonly version: number | null; readonly inForceSince: string | null } | null;
}

interface Kept {
  readonly version: number;
  readonly day: string;
  readonly about: ClientAbout;
}

/** Cached, because it needs all facts of a client, which rarely change, while the page is opened often. */
const kept = new WeakMap<Services['store'], Map<string, Kept>>();
const MAX_KEPT = 1_000;

/**
 * The facts below a client's name. null if the client was removed.
 *
 * @param version Version of the client's facts.
 */
export async function aboutOf(
  { services, client, now }: HandlerContext,
  version: number,
): Promise<ClientAbout | null> {
  const cache = kept.get(services.store) ?? new Map<string, Kept>();
  kept.set(services.store, cache);
  const day = present(now, client.timezone).today;
  const known = cache.get(client.id);
  if (known?.version === version && known.day === day) return known.about;
  const run = await services.verdicts.run(client.id, 'home', undefined);
  if (run === null) return null;
  const { charter } = run.facts;
  const about: ClientAbout = {
    ...run.result,
    charter:
      charter === null || charter.file === CONSOLE
        ? null
        : { version: charter.value.version ?? null, inForceSince: charter.value.inForceSince ?? null },
  };
  if (cache.size >= MAX_KEPT) cache.clear();
  cache.set(client.id, { version: run.facts.version, day, about });
  return about;
}

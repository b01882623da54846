import type { Actor, HandlerContext } from './context.ts';

const known = new WeakMap<Actor, string>();

/**
 * Everything about the caller that an answer may depend on, as a cache key: who they are, their permissions, the
 * limits of their token, and the revision of the people table.
 */
export function viewerKey({ actor, services }: Pick<HandlerContext, 'actor' | 'services'>): string {
  const { kind, userId, name, email, grants, limits } = actor;
  const key = known.get(actor) ?? JSON.stringify([kind, userId, name, email, grants, limits]);
  known.set(actor, key);
  return `${services.store.mark('people')} ${key}`;
}

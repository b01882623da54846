import type { Actor, HandlerContext } from './context.ts';

const known = new WeakMap<Actor, string>();

/**
 * All of whoever asks that an answer may depend on, for the key of a remembered one: who they are, what they may, what
 * their token is limited to, and the state of the table of people.
 */
export function viewerKey({ actor, services }: Pick<HandlerContext, 'actor' | 'services'>): string {
  const { kind, userId, name, email, grants, limits } = actor;
  const key = known.get(actor) ?? JSON.stringify([kind, userId, name, email, grants, limits]);
  known.set(actor, key);
  return `${services.store.mark('people')} ${key}`;
}

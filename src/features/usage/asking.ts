import type { ClientRef, HandlerContext, Services } from '../context.ts';

/** What the usage pages are read with: by someone who asks, or by a job in a client's own name. */
export type UsageContext = Pick<HandlerContext, 'services' | 'client' | 'now' | 'read' | 'can'>;

/** A job reads whole, names included: who gets its file is chosen by whoever may see them. */
export function jobContext(services: Services, client: ClientRef): UsageContext {
  return {
    services,
    client,
    now: services.clock(),
    can: () => true,
    read: (work) => services.store.read([client.id], work),
  };
}

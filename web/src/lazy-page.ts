import { lazyRouteComponent } from '@tanstack/react-router';

/** A file of the console could not be loaded: the server is unavailable, or was updated since this tab was opened. */
export class PartMissing extends Error {
  override readonly name = 'PartMissing';
}

/**
 * The component of a route, loaded on first use. If that fails, the router would reload the window, which would lose
 * what was typed; instead, the page explains what happened and offers to reload.
 */
export const lazyPage: typeof lazyRouteComponent = (load, name) =>
  lazyRouteComponent(
    () =>
      load().catch((cause: unknown) => {
        throw new PartMissing('Part of the console could not be loaded.', { cause });
      }),
    name,
  );

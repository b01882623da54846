import { lazyRouteComponent } from '@tanstack/react-router';

/** A file of the console did not come: the server is away, or was updated since this tab was opened. */
export class PartMissing extends Error {
  override readonly name = 'PartMissing';
}

/**
 * The component of a route, loaded when it is first wanted. Where that fails the router by itself would reload the window,
 * and what was typed and could still be read would be lost with it; here the page says what happened and offers it.
 */
export const lazyPage: typeof lazyRouteComponent = (load, name) =>
  lazyRouteComponent(
    () =>
      load().catch((cause: unknown) => {
        throw new PartMissing('Part of the console could not be loaded.', { cause });
      }),
    name,
  );

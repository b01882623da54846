import { createRoute } from '@tanstack/react-router';
import { DELIVERY_STATES } from '../../../../src/domain/forwarding/words.ts';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';

/** `?add=<kind>` opens the form for a new sink (`choose` asks for the kind), `?edit=<id>` that of an existing one. */
export const sinksRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connections/sinks',
  validateSearch: searchParams({ add: text, edit: text }),
  component: lazyPage(() => import('./sinks-page.tsx'), 'SinksPage'),
});

export const failedRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connections/failed',
  validateSearch: searchParams({ state: oneOf(DELIVERY_STATES), sort: text, panel: text }),
  component: lazyPage(() => import('./failed-page.tsx'), 'FailedPage'),
});

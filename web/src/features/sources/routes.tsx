import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute, signedInRoute } from '../../parents.tsx';
import { oneOf, searchParams } from '../../search-params.ts';

/** `?open=connect` opens the form for a key. */
export const sourcesRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connections',
  validateSearch: searchParams({ open: oneOf(['connect']) }),
  component: lazyPage(() => import('./sources-page.tsx'), 'SourcesPage'),
});

/** States of a client's connection, worst first. */
export const STATUSES = ['refused', 'not_read', 'ends_soon', 'lacks', 'ok', 'none'] as const;

export const sourcesAcrossRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/sources',
  validateSearch: searchParams({ status: oneOf(STATUSES) }),
  component: lazyPage(() => import('./across-page.tsx'), 'SourcesAcrossPage'),
  staticData: { crumb: () => 'Microsoft 365 at all clients' },
});

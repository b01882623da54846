import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams } from '../../search-params.ts';

/** `?open=connect` opens the form for a key. */
export const sourcesRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connections',
  validateSearch: searchParams({ open: oneOf(['connect']) }),
  component: lazyPage(() => import('./sources-page.tsx'), 'SourcesPage'),
});

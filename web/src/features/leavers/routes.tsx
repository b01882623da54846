import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { searchParams, text } from '../../search-params.ts';

/** `?start=tobin@example.org` opens the form that starts a leaving. */
export const leaversRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/people/leavers',
  validateSearch: searchParams({ start: text, sort: text }),
  component: lazyPage(() => import('./leavers-page.tsx'), 'LeaversPage'),
});

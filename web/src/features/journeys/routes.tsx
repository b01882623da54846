import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';

/** `?start=tobin@example.org` opens the form for a new journey; `?panel=` opens an existing one. */
const search = searchParams({ start: text, panel: text, sort: text, ended: oneOf(['yes']) });

export const leaversRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/people/leavers',
  validateSearch: search,
  component: lazyPage(() => import('./journeys-page.tsx'), 'LeaversPage'),
});

export const joinersRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/people/joiners',
  validateSearch: search,
  component: lazyPage(() => import('./journeys-page.tsx'), 'JoinersPage'),
});

export const announceRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/people/announce',
  validateSearch: searchParams({ kind: oneOf(['joining']) }),
  component: lazyPage(() => import('./announce-page.tsx'), 'AnnouncePage'),
});

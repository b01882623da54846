import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';
import { TABS } from './words.ts';

export const peopleRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/people',
  validateSearch: searchParams({ tab: oneOf(TABS), search: text, panel: text, sort: text }),
  component: lazyPage(() => import('./people-page.tsx'), 'PeoplePage'),
});

export const directoryRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/people/directory',
  component: lazyPage(() => import('./directory-page.tsx'), 'DirectoryPage'),
  staticData: { crumb: () => 'Directory' },
});

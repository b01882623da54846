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

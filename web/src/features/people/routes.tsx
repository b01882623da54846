import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';
import { TABS } from './words.ts';

export const peopleRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/people',
  validateSearch: searchParams({ tab: oneOf(TABS), search: text, panel: text, sort: text }),
  component: lazyRouteComponent(() => import('./people-page.tsx'), 'PeoplePage'),
});

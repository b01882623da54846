import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';
import { AFTER, CHANGES, MARKS, STATE_FILTERS, TABS } from './words.ts';

export const personalAccountsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/personal-accounts',
  validateSearch: searchParams({
    tab: oneOf(TABS),
    state: oneOf(STATE_FILTERS),
    difference: oneOf(CHANGES),
    closedAfter: oneOf(AFTER),
    marked: oneOf(MARKS),
    owner: text,
    search: text,
    panel: text,
    sort: text,
    day: text,
    edit: text,
    open: oneOf(['record', 'settings']),
  }),
  component: lazyPage(() => import('./personal-accounts-page.tsx'), 'PersonalAccountsPage'),
});

import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';
import { SCOPES, STATUSES } from './words.ts';

/** How each risk is covered now. `?panel=` opens one. */
export const risksRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/risks',
  validateSearch: searchParams({
    status: oneOf(STATUSES),
    scope: oneOf(SCOPES),
    text,
    sort: text,
    panel: text,
  }),
  component: lazyPage(() => import('./risks-page.tsx'), 'RisksPage'),
});

import { createRoute } from '@tanstack/react-router';
import { STATES } from '../../../../src/domain/model/verdict.ts';
import { lazyPage } from '../../lazy-page.ts';
import { signedInRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';
import { ATTENTION, M365, ORDERS, PLANS } from './words.ts';

export const fleetRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/clients',
  validateSearch: searchParams({
    attention: oneOf(ATTENTION),
    plan: oneOf(PLANS),
    m365: oneOf(M365),
    sandbox: oneOf(['yes', 'no']),
    text,
    order: oneOf(ORDERS),
    view: oneOf(['areas']),
  }),
  component: lazyPage(() => import('./fleet-page.tsx'), 'FleetPage'),
});

export const acrossRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/across/$control',
  validateSearch: searchParams({ state: oneOf(STATES), text, sort: text }),
  component: lazyPage(() => import('./across-page.tsx'), 'AcrossPage'),
  staticData: { crumb: ({ control }) => `${control?.toUpperCase().replace(/^CLA-/, '')} at all clients` },
});

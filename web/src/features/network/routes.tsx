import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { searchParams, text } from '../../search-params.ts';

export const shadowAiRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/shadow-ai',
  component: lazyPage(() => import('./shadow-page.tsx'), 'ShadowPage'),
  staticData: { crumb: () => 'Shadow AI' },
});

/** `&way=…` selects the way whose files and steps are shown; `&organization=…` is an id missing from the charter. */
export const networkRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/network',
  validateSearch: searchParams({ way: text, organization: text }),
  component: lazyPage(() => import('./network-page.tsx'), 'NetworkPage'),
  staticData: { crumb: () => 'Network controls' },
});

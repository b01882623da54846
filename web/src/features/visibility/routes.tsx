import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { searchParams, text } from '../../search-params.ts';

/** Every source that can show the use of Claude. `?panel=` opens one. */
export const visibilityRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connections/visibility',
  validateSearch: searchParams({ sort: text, panel: text }),
  component: lazyPage(() => import('./visibility-page.tsx'), 'VisibilityPage'),
});

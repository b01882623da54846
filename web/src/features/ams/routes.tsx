import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';

export const amsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connectors/membership-system',
  component: lazyPage(() => import('./ams-page.tsx'), 'AmsPage'),
  staticData: { crumb: () => 'Membership system' },
});

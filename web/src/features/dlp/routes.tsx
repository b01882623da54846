import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';

export const dlpRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connectors/data-loss-prevention',
  component: lazyPage(() => import('./dlp-page.tsx'), 'DlpPage'),
  staticData: { crumb: () => 'Data loss prevention' },
});

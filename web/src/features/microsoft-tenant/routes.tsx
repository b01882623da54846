import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';

export const microsoftTenantRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connectors/microsoft-tenant',
  component: lazyPage(() => import('./microsoft-tenant-page.tsx'), 'MicrosoftTenantPage'),
  staticData: { crumb: () => 'Microsoft tenant' },
});

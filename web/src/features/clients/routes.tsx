import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { clientRoute, signedInRoute } from '../../parents.tsx';

export const newClientRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/clients/new',
  component: lazyRouteComponent(() => import('./new-client-page.tsx'), 'NewClientPage'),
});

export const clientSettingsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./client-settings-page.tsx'), 'ClientSettingsPage'),
});

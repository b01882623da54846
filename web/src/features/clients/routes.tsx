import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute, signedInRoute } from '../../parents.tsx';

export const newClientRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/clients/new',
  component: lazyPage(() => import('./new-client-page.tsx'), 'NewClientPage'),
});

export const clientSettingsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/settings',
  component: lazyPage(() => import('./client-settings-page.tsx'), 'ClientSettingsPage'),
});

import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../parents.tsx';

export const settingsRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
});

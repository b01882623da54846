import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { signedInRoute } from '../../parents.tsx';
import { searchParams, text } from '../../search-params.ts';

export const accountRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/me',
  // Written by the return from a sign-in provider.
  validateSearch: searchParams({ problem: text, linked: text }),
  component: lazyRouteComponent(() => import('./account-page.tsx'), 'AccountPage'),
});

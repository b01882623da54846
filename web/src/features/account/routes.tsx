import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { signedInRoute } from '../../parents.tsx';
import { searchParams, text } from '../../search-params.ts';

export const accountRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/me',
  // Set by the redirect from a sign-in provider.
  validateSearch: searchParams({ problem: text, linked: text }),
  component: lazyPage(() => import('./account-page.tsx'), 'AccountPage'),
});

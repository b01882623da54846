import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { rootRoute, signedInRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';

export const accessRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/access',
  validateSearch: searchParams({
    tab: oneOf(['invitations', 'tokens', 'providers']),
    panel: text,
    sort: text,
    state: text,
  }),
  component: lazyPage(() => import('./access-page.tsx'), 'AccessPage'),
});

export const inviteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invite/$token',
  component: lazyPage(() => import('./invite-page.tsx'), 'InvitePage'),
});

import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
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
  component: lazyRouteComponent(() => import('./access-page.tsx'), 'AccessPage'),
});

export const inviteRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/invite/$token',
  component: lazyRouteComponent(() => import('./invite-page.tsx'), 'InvitePage'),
});

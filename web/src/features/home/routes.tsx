import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams } from '../../search-params.ts';

/** `?all=do` shows every task, `?all=changes` every change. */
export const homeRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/',
  validateSearch: searchParams({ all: oneOf(['do', 'changes']) }),
  component: lazyRouteComponent(() => import('./home-page.tsx'), 'HomePage'),
});

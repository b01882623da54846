import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { signedInRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';
import { STATUSES, TABS, VIEWS } from './words.ts';

export const baselinesRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/baselines',
  validateSearch: searchParams({ sort: text, new: oneOf(['yes']) }),
  component: lazyPage(() => import('./baselines-page.tsx'), 'BaselinesPage'),
});

export const baselineRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/baselines/$baseline',
  validateSearch: searchParams({
    tab: oneOf(TABS),
    sort: text,
    panel: text,
    view: oneOf(VIEWS),
    status: oneOf(STATUSES),
    client: text,
  }),
  component: lazyPage(() => import('./baseline-page.tsx'), 'BaselinePage'),
  staticData: { crumb: () => 'Baseline' },
});

export const applyBaselineRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/baselines/$baseline/apply',
  validateSearch: searchParams({ text }),
  component: lazyPage(() => import('./apply-page.tsx'), 'ApplyPage'),
  staticData: { crumb: () => 'Apply' },
});

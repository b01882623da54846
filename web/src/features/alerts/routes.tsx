import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';
import { ACTS } from './words.ts';

export const alertsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/alerts',
  validateSearch: searchParams({ state: oneOf(['settled', 'all']), rule: text, sort: text }),
  component: lazyPage(() => import('./alerts-page.tsx'), 'AlertsPage'),
});

/** `?open=benign` and the like opens the decision. */
export const alertRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/alerts/$alert',
  validateSearch: searchParams({ open: oneOf(ACTS) }),
  component: lazyPage(() => import('./alert-page.tsx'), 'AlertPage'),
});

/** `?open=change` opens the form of the detection in the panel. */
export const detectionsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/alerts/rules',
  validateSearch: searchParams({
    show: oneOf(['on', 'part', 'off', 'cannot']),
    sort: text,
    panel: text,
    open: oneOf(['change']),
  }),
  component: lazyPage(() => import('./detections-page.tsx'), 'DetectionsPage'),
});

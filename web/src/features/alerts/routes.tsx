import { createRoute } from '@tanstack/react-router';
import { ALERT_LEVELS } from '../../../../src/domain/detections/alert-words.ts';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';
import { ACTS, OUTCOMES } from './words.ts';

/** Selectable periods, in days back from today. */
export const PERIODS = ['7', '30', '90'] as const;

/** `?open=notify` opens the dialog of who is notified of critical alerts. */
export const alertsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/alerts',
  validateSearch: searchParams({
    state: oneOf(['settled', 'all']),
    level: oneOf(ALERT_LEVELS),
    detection: text,
    connector: text,
    person: text,
    period: oneOf(PERIODS),
    text,
    sort: text,
    open: oneOf(['notify']),
  }),
  component: lazyPage(() => import('./alerts-page.tsx'), 'AlertsPage'),
});

/** `?open=benign` and other outcomes open the decision dialog. */
export const alertRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/alerts/$alert',
  validateSearch: searchParams({ open: oneOf(ACTS) }),
  component: lazyPage(() => import('./alert-page.tsx'), 'AlertPage'),
});

/** `?open=benign` and other outcomes open the decision dialog for all open alerts of the group. */
export const alertGroupRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/alerts/groups/$group',
  validateSearch: searchParams({
    open: oneOf(['step', ...OUTCOMES]),
    state: oneOf(['settled', 'all']),
    sort: text,
  }),
  component: lazyPage(() => import('./alert-group-page.tsx'), 'AlertGroupPage'),
});

/** `?open=change` opens the form to change the detection that the panel shows. */
export const detectionsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/alerts/detections',
  validateSearch: searchParams({
    show: oneOf(['on', 'part', 'off', 'cannot']),
    sort: text,
    panel: text,
    open: oneOf(['change']),
  }),
  component: lazyPage(() => import('./detections-page.tsx'), 'DetectionsPage'),
});

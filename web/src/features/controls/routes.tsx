import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';
import { AREA_VALUES, ASSIGNED_VALUES, SEVERITY_VALUES, STATE_VALUES } from './words.ts';

/** `?panel=ACC-07` opens a control beside the list. */
export const controlsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/controls',
  validateSearch: searchParams({
    state: oneOf(STATE_VALUES),
    area: oneOf(AREA_VALUES),
    severity: oneOf(SEVERITY_VALUES),
    section: text,
    assigned: oneOf(ASSIGNED_VALUES),
    text,
    sort: text,
    panel: text,
  }),
  component: lazyPage(() => import('./controls-page.tsx'), 'ControlsPage'),
});

/** `?day=2026-10-31` also shows the control on that past day; `?answer=` opens these questions of the charter. */
export const controlRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/controls/$control',
  validateSearch: searchParams({ day: text, answer: text }),
  component: lazyPage(() => import('./control-page.tsx'), 'ControlPage'),
  staticData: { crumb: ({ control }) => control?.toUpperCase().replace(/^CLA-/, '') },
});

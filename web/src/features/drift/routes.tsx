import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';
import { DIRECTIONS, STATES, SUBJECTS, URGENCIES } from './words.ts';

/** `?panel=KEY` opens a departure. */
export const driftRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connectors/drift',
  validateSearch: searchParams({
    urgency: oneOf(URGENCIES),
    state: oneOf(['open', ...STATES]),
    direction: oneOf(DIRECTIONS),
    subject: oneOf(SUBJECTS),
    text,
    panel: text,
    sort: text,
  }),
  component: lazyPage(() => import('./drift-page.tsx'), 'DriftPage'),
});

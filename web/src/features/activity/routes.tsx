import { createRoute } from '@tanstack/react-router';
import { ACTIVITY_SOURCES, CATEGORIES, SURFACES } from '../../../../src/domain/activity/activity.ts';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text, whole } from '../../search-params.ts';

export const activityRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/activity',
  validateSearch: searchParams({
    from: text,
    to: text,
    person: text,
    source: oneOf(ACTIVITY_SOURCES),
    surface: oneOf(SURFACES),
    category: oneOf(CATEGORIES),
    connector: text,
    effect: oneOf(['read', 'write', 'admin', 'unknown']),
    outcome: oneOf(['success', 'failure', 'rejected']),
    model: text,
    text,
    panel: whole,
    // Shows each event as a line of its own, even if consecutive ones are alike.
    each: oneOf(['yes']),
  }),
  component: lazyPage(() => import('./activity-page.tsx'), 'ActivityPage'),
});

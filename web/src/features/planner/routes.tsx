import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { searchParams, text, whole } from '../../search-params.ts';

/**
 * `?sets=` holds what is compared, in the server's format; left out, Bylaw proposes sets. `saved` and `seen` are the
 * open saved comparison and the version that was read, `panel` the column whose controls are listed, `row` the expanded
 * risk, `edit` the set whose dialog is open.
 */
export const plannerRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/planner',
  validateSearch: searchParams({
    sets: text,
    goal: text,
    saved: text,
    seen: whole,
    panel: text,
    row: text,
    edit: text,
  }),
  component: lazyPage(() => import('./planner-page.tsx'), 'PlannerPage'),
});

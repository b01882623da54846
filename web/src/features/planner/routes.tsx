import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { searchParams, text, whole } from '../../search-params.ts';

/**
 * `?sets=` holds what is compared, as the server takes it; left out, Bylaw proposes. `saved` and `seen` name the saved
 * comparison that is open and the version that was read, `panel` the column whose controls are listed, `row` the risk
 * that is open, `edit` the set whose dialog is.
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

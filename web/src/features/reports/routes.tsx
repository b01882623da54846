import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';

/** `?new=yes` opens "Create a report". */
export const reportsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/reports',
  validateSearch: searchParams({ tab: oneOf(['reports', 'schedules']), sort: text, new: oneOf(['yes']) }),
  component: lazyPage(() => import('./reports-page.tsx'), 'ReportsPage'),
});

/** `?since=<id>` compares with an earlier report. */
export const reportRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/reports/$report',
  validateSearch: searchParams({ since: text }),
  component: lazyPage(() => import('./report-page.tsx'), 'ReportPage'),
  staticData: { crumb: () => 'Report' },
});

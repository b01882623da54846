import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { searchParams, text } from '../../search-params.ts';

/** `?kind=roster` opens the instructions for exporting that kind of file. */
export const importsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/imports',
  validateSearch: searchParams({ kind: text }),
  component: lazyPage(() => import('./imports-page.tsx'), 'ImportsPage'),
});

/** `?file=HR/Staff list.xlsx` shows the columns of that file. */
export const importRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/imports/$import',
  validateSearch: searchParams({ file: text }),
  component: lazyPage(() => import('./import-page.tsx'), 'ImportPage'),
  staticData: { crumb: () => 'Import' },
});

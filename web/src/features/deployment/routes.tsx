import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';

/**
 * `?attest=CLA-CON-15` opens the form for a statement, `?answer=` asks questions of the charter, and `?open=hand-over`
 * opens another dialog of the page.
 */
export const deploymentRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/deployment',
  validateSearch: searchParams({
    attest: text,
    answer: text,
    open: oneOf(['assign', 'hand-over', 'record', 'override']),
  }),
  component: lazyPage(() => import('./deployment-page.tsx'), 'DeploymentPage'),
});

/** One task. The parent route renders it, so that the list beside it keeps its state from task to task. */
export const deploymentTaskRoute = createRoute({
  getParentRoute: () => deploymentRoute,
  path: '/$task',
  staticData: { crumb: () => 'Task' },
});

/** Section 4.2 of the guide on one sheet. */
export const immediateActionsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/deployment/immediate-actions',
  component: lazyPage(() => import('./quick-reference-page.tsx'), 'ImmediateActionsPage'),
  staticData: { crumb: () => 'Immediate actions' },
});

/** Appendix A of the guide on one sheet. */
export const quickReferenceRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/deployment/quick-reference',
  component: lazyPage(() => import('./quick-reference-page.tsx'), 'QuickReferencePage'),
  staticData: { crumb: () => 'Quick reference' },
});

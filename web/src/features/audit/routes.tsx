import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute, signedInRoute } from '../../parents.tsx';
import { searchParams, text, whole } from '../../search-params.ts';

const validateSearch = searchParams({
  from: text,
  to: text,
  actor: text,
  action: text,
  kind: text,
  text,
  panel: whole,
});

export const clientAuditRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/audit',
  validateSearch,
  component: lazyPage(() => import('./audit-page.tsx'), 'ClientAuditPage'),
});

export const workspaceAuditRoute = createRoute({
  getParentRoute: () => signedInRoute,
  path: '/audit',
  validateSearch,
  component: lazyPage(() => import('./audit-page.tsx'), 'WorkspaceAuditPage'),
});

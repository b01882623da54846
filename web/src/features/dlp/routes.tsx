import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { searchParams, text } from '../../search-params.ts';

export const dlpRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connectors/data-loss-prevention',
  validateSearch: searchParams({ incident: text }),
  component: lazyPage(() => import('./dlp-page.tsx'), 'DlpPage'),
  staticData: { crumb: () => 'Data loss prevention' },
});

export const prepareRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/prepare',
  component: lazyPage(() => import('./prepare-page.tsx'), 'PreparePage'),
  staticData: { crumb: () => 'Prepare an export' },
});

export const inferenceHookRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connectors/inference-hook',
  validateSearch: searchParams({ reference: text, verdict: text }),
  component: lazyPage(() => import('./hook-page.tsx'), 'HookPage'),
  staticData: { crumb: () => 'Inference hook' },
});

export const proxyCheckRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connectors/proxy-check',
  validateSearch: searchParams({ reference: text, verdict: text }),
  component: lazyPage(() => import('./icap-page.tsx'), 'IcapPage'),
  staticData: { crumb: () => 'Check at the proxy' },
});

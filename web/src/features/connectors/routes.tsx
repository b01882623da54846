import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';
import { DEPARTS, DRIFTS, EFFECTS, REACH_STATES, STATES } from './words.ts';

/** `?edit=yes` opens the editor; `&draft=…` shows an open draft of the charter instead of the version in force. */
export const connectorsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connectors',
  validateSearch: searchParams({
    connector: text,
    effect: oneOf(EFFECTS),
    state: oneOf(STATES),
    departs: oneOf(DEPARTS),
    drift: oneOf(DRIFTS),
    text,
    draft: text,
    edit: oneOf(['yes']),
  }),
  component: lazyPage(() => import('./connectors-page.tsx'), 'ConnectorsPage'),
});

/**
 * `?person=ID` shows someone, as the people page calls them; `&open=ID` opens one connector. Without a person everyone is
 * listed, or with `?view=systems` every system; `?system=ID` and `?reach=` narrow the list.
 */
export const connectorAccessRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connectors/access',
  validateSearch: searchParams({
    person: text,
    open: text,
    sort: text,
    text,
    view: oneOf(['systems']),
    system: text,
    reach: oneOf(REACH_STATES),
  }),
  component: lazyPage(() => import('./access-page.tsx'), 'AccessPage'),
  staticData: { crumb: () => 'Who can reach what' },
});

export const connectorReachRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connectors/reach',
  validateSearch: searchParams({ for: oneOf(['staff']) }),
  component: lazyPage(() => import('./reach-page.tsx'), 'ReachPage'),
  staticData: { crumb: () => 'In plain words' },
});

export const connectorFlowsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connectors/flows',
  component: lazyPage(() => import('./flows-page.tsx'), 'FlowsPage'),
  staticData: { crumb: () => 'Flows' },
});

export const connectorGroupsRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/connectors/groups',
  component: lazyPage(() => import('./groups-page.tsx'), 'GroupsPage'),
  staticData: { crumb: () => 'By group' },
});

import { createRoute } from '@tanstack/react-router';
import { lazyPage } from '../../lazy-page.ts';
import { clientRoute } from '../../parents.tsx';
import { oneOf, searchParams, text } from '../../search-params.ts';

/** `?policy=…` opens the steps of one policy; the other parameters describe the sign-in for What If. */
export const conditionalAccessRoute = createRoute({
  getParentRoute: () => clientRoute,
  path: '/conditional-access',
  validateSearch: searchParams({
    tab: oneOf(['policies', 'what-if', 'sign-ins']),
    policy: oneOf(['mfa', 'compliant_device', 'session_control', 'sign_in_risk']),
    state: oneOf(['enabledForReportingButNotEnforced', 'enabled', 'disabled']),
    person: text,
    app: text,
    platform: oneOf(['windows', 'macOS', 'iOS', 'android', 'linux', 'unknown']),
    clientApp: oneOf(['browser', 'mobileAppsAndDesktopClients']),
    device: oneOf(['compliant', 'not_compliant', 'unknown']),
    place: text,
    signInRisk: oneOf(['none', 'low', 'medium', 'high', 'unknown']),
    userRisk: oneOf(['none', 'low', 'medium', 'high', 'unknown']),
    flow: oneOf(['none', 'deviceCodeFlow', 'authenticationTransfer', 'unknown']),
    insiderRisk: oneOf(['none', 'minor', 'moderate', 'elevated', 'unknown']),
  }),
  component: lazyPage(() => import('./conditional-access-page.tsx'), 'ConditionalAccessPage'),
});

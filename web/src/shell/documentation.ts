import { useMatches } from '@tanstack/react-router';
import { ownValue } from '../../../src/domain/model/own-value.ts';

/** Page of `docs` for each page of the console, by route path. The longest matching path wins. */
export const DOCUMENTATION: Readonly<Record<string, string>> = {
  '/access': 'approval',
  '/across': 'verdicts',
  '/audit': 'audit',
  '/baselines': 'baselines',
  '/catalogue': 'verdicts',
  '/catalogue/revisions': 'baselines',
  '/clients': 'verdicts',
  '/clients/new': 'files',
  '/me': 'reminders',
  '/settings': 'running',
  '/sources': 'sources',
  '/reviews': 'reviews',
  '/work': 'work',
  '/c/$client': 'verdicts',
  '/c/$client/activity': 'sources',
  '/c/$client/alerts': 'detections',
  '/c/$client/ask': 'requests',
  '/c/$client/attestations': 'verdicts',
  '/c/$client/audit': 'audit',
  '/c/$client/charter': 'charter',
  '/c/$client/conditional-access': 'conditional-access',
  '/c/$client/connections': 'sources',
  '/c/$client/connections/visibility': 'sources',
  '/c/$client/connections/failed': 'forwarding',
  '/c/$client/connections/sinks': 'forwarding',
  '/c/$client/connections/telemetry': 'telemetry',
  '/c/$client/connectors': 'connectors',
  '/c/$client/connectors/data-loss-prevention': 'data-loss-prevention',
  '/c/$client/connectors/inference-hook': 'data-loss-prevention',
  '/c/$client/connectors/proxy-check': 'data-loss-prevention',
  '/c/$client/connectors/devices': 'devices',
  '/c/$client/connectors/drift': 'drift',
  '/c/$client/connectors/membership-system': 'membership-system',
  '/c/$client/connectors/microsoft-365': 'microsoft-connector',
  '/c/$client/connectors/microsoft-tenant': 'sources',
  '/c/$client/connectors/requests': 'requests',
  '/c/$client/controls': 'verdicts',
  '/c/$client/deployment': 'deployment',
  '/c/$client/evidence': 'files',
  '/c/$client/exceptions': 'approval',
  '/c/$client/imports': 'files-list',
  '/c/$client/incidents': 'incidents',
  '/c/$client/incidents/reports': 'incidents',
  '/c/$client/network': 'network',
  '/c/$client/people': 'people',
  '/c/$client/policy': 'policy',
  '/c/$client/personal-accounts': 'personal-accounts-campaign',
  '/c/$client/planner': 'planner',
  '/c/$client/reports': 'report',
  '/c/$client/reviews': 'reviews',
  '/c/$client/risks': 'risks',
  '/c/$client/shadow-ai': 'network',
  '/c/$client/settings': 'retention',
  '/c/$client/usage': 'usage',
  '/c/$client/work': 'work',
};

/** URL of the documentation for the current page. */
export function useDocumentation(): string {
  return documentationOf(useMatches().at(-1)?.fullPath ?? '');
}

/** Documentation page of a route. */
export function documentationOf(route: string): string {
  const parts = route.split('/').filter(Boolean);
  for (let length = parts.length; length > 0; length -= 1) {
    const doc = ownValue(DOCUMENTATION, `/${parts.slice(0, length).join('/')}`);
    if (doc !== undefined) return `/docs/${doc}`;
  }
  return '/docs';
}

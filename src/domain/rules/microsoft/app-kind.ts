import type { ServicePrincipalRow } from '../../model/kinds.ts';
import { CONNECTOR_APPS } from './apps.ts';
import { looksLikeClaude } from './look-alike.ts';

/** How an application is related to Claude, by its id or only by its name. null: not related. */
export function kindOfApp(
  { appId, name }: ServicePrincipalRow,
  signInApp: string | undefined,
): 'connector' | 'sign_in' | 'named' | 'disguised' | null {
  const id = appId.toLowerCase();
  if (CONNECTOR_APPS.some((app) => app.appId === id)) return 'connector';
  if (id === signInApp) return 'sign_in';
  const looks = looksLikeClaude(name).is;
  if (looks === 'misspelled') return 'named';
  return looks === 'no' ? null : looks;
}

/**
 * Template id of applications created without a gallery application
 * (learn.microsoft.com/graph/api/applicationtemplate-instantiate).
 */
const CUSTOM = '8adf8e6e-67b2-4cf2-a259-e3dc5476c621';

/** How an application was added to the tenant; null: it cannot be determined. */
export function appPath({
  appId,
  template,
  agent,
}: ServicePrincipalRow): 'consent' | 'gallery' | 'custom' | 'agent' | null {
  if (agent === true) return 'agent';
  // Anthropic's own applications are added by consent only.
  if (CONNECTOR_APPS.some((app) => app.appId === appId.toLowerCase())) return 'consent';
  if (template === undefined || template === null) return null;
  return template.toLowerCase() === CUSTOM ? 'custom' : 'gallery';
}

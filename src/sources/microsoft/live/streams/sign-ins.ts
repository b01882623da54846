import type { StreamContext } from '../../../source.ts';
import { claudeApps } from '../claude-apps.ts';
import { logStream, type Parts } from '../log-stream.ts';
import type { SignedIn } from '../test-application.ts';

/** Maximum applications per query, since Graph rejects filters that are too long. */
const MAX_APPS = 15;

const OF_SIGN_INS = {
  kind: 'sign_ins',
  scope: 'AuditLog.Read.All',
  at: 'createdDateTime',
  overlapMs: 2 * 3_600_000,
  top: '1000',
} as const;

/** Interactive sign-ins to applications related to Claude. Entra keeps 30 days with P1 or P2. */
export const signIns = logStream({
  ...OF_SIGN_INS,
  id: 'sign_ins',
  title: 'Sign-ins to Claude’s applications',
  path: '/auditLogs/signIns',
  backDays: 90,
  parts: (context) => byApplication(context, ''),
});

/**
 * Sign-ins by programs on behalf of a person, such as the connector's servers. Only Graph's beta returns them, and
 * there are many, so the first read is limited to a week.
 */
export const backgroundSignIns = logStream({
  ...OF_SIGN_INS,
  id: 'background_sign_ins',
  title: 'Sign-ins in the background to Claude’s applications',
  path: '/beta/auditLogs/signIns',
  backDays: 7,
  parts: (context) => byApplication(context, "signInEventTypes/any(t:t eq 'nonInteractiveUser') and "),
});

async function byApplication({ client, charter }: StreamContext<SignedIn>, kind: string): Promise<Parts> {
  const apps = (await claudeApps(client.graph, charter)).map(({ appId }) => appId).sort();
  const filters: string[] = [];
  for (let from = 0; from < apps.length; from += MAX_APPS) {
    const any = apps.slice(from, from + MAX_APPS).map((app) => `appId eq '${app.replaceAll("'", "''")}'`);
    filters.push(`${kind}(${any.join(' or ')})`);
  }
  return { filters, says: 'None of the enterprise applications has to do with Claude.' };
}
// Guide: G5.4-01

import type { UnusableFile } from '#domain/decide/input.ts';
import type { Kind } from '#domain/model/kinds.ts';
import type { FileReport } from '../file-kind.ts';

/** Words in file names that show what the owner took a file for, most specific first. */
const NAMES: readonly (readonly [RegExp, Kind])[] = [
  [/acknowledg|attest|policy.?sign|quittung|completion/i, 'acknowledgements'],
  [/domain.?membership/i, 'domain_memberships'],
  [/connector|integration|tool.?permission/i, 'connectors'],
  [/roster|staff|employee|personnel|payroll|mitarbeiter|personal(liste)?\b|empleados/i, 'roster'],
  [/conditional.?access|ca.?polic|^ca\b/i, 'ca_policies'],
  [/named.?location/i, 'named_locations'],
  [/sign.?in/i, 'sign_ins'],
  [/directory.?audit|\baudits\b/i, 'directory_audits'],
  [/security.?default/i, 'security_defaults'],
  [/service.?principal|enterprise.?app|\bapp(?:lication)?s\b/i, 'service_principals'],
  [/agent.?(catalog|package|registry)|copilot.?package/i, 'agent_packages'],
  [/\broles?\b.*assign|(entra|directory).?roles?\b/i, 'entra_roles'],
  [/assign/i, 'app_assignments'],
  [/grant(?!s?\s*(?:ee|or|application|award|calendar|cycle|program|tracker))/i, 'permission_grants'],
  [/sku|licen[cs]e/i, 'subscribed_skus'],
  [/otlp|telemetry|collector/i, 'telemetry'],
  [/audit.?log/i, 'audit_log'],
  [/activit|\bfeed\b/i, 'activities'],
  [/\balerts?\b/i, 'security_alerts'],
  [/\bdevices?\b/i, 'managed_devices'],
  [/spend|usage|cost/i, 'usage'],
  [/setting/i, 'settings'],
  [/api.?key/i, 'api_keys'],
  [/\bdns\b|\btxt\b.*\bdig\b|\bdig\b|nslookup/i, 'dns'],
  [/entra.?group|\bgroups?\b/i, 'entra_groups'],
  [/entra.?user|\busers?\b/i, 'entra_users'],
  [/member|seat(?!ing)/i, 'members'],
];

/** Kind suggested by a file's name. It is used only to distinguish "refused" from "not provided". */
export function meantByName(file: string): readonly Kind[] {
  const name = file.slice(file.lastIndexOf('/') + 1).replace(/[_.-]+/g, ' ');
  const found = NAMES.find(([pattern]) => pattern.test(name))?.[1];
  return found === undefined ? [] : [found];
}

/** Files that were given but do not count, by the kind that they are or may be. */
export function unusableFiles(
  reports: readonly Pick<
    FileReport,
    'file' | 'outcome' | 'kind' | 'maybe' | 'problem' | 'unreadDay' | 'ofAnotherTime'
  >[],
): { [K in Kind]?: UnusableFile[] } {
  const by: { [K in Kind]?: UnusableFile[] } = {};
  for (const { file, outcome, kind, maybe, problem, unreadDay, ofAnotherTime } of reports) {
    if (outcome !== 'malformed' && outcome !== 'not_placed') continue;
    const is = outcome === 'malformed' ? ('refused' as const) : ('not_placed' as const);
    for (const one of kind !== null ? [kind] : (maybe ?? []).slice(0, 2)) {
      if (one === 'profile' || one === 'charter' || one === 'journal' || one === 'attestations') continue;
      const why = problem ?? 'It could not be read.';
      by[one] = [
        ...(by[one] ?? []),
        {
          file,
          is,
          why,
          ...(ofAnotherTime ? { ofAnotherTime } : {}),
          ...(unreadDay === undefined ? {} : { day: unreadDay }),
        },
      ];
    }
  }
  return by;
}

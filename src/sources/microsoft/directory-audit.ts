import type { DirectoryAuditRow } from '#domain/model/kinds.ts';
import { STATE_CHANGE } from '#domain/rules/microsoft/reports-since.ts';
import { ImportProblem } from '../exports/file-kind.ts';
import { instant, isObject, type JsonObject, member, text } from '../exports/kinds/json-values.ts';
import { objectAt, objectsAt } from './members.ts';

/** Maximum length of kept values. Longer ones, such as whole policies, are useless in a list and remain in the log. */
const MAX_VALUE_LENGTH = 500;

/** An entry of Entra's audit log. */
export function readDirectoryAudit(item: JsonObject, file: string, row: number): DirectoryAuditRow {
  const at = instant(member(item, 'activityDateTime'));
  const activity = text(member(item, 'activityDisplayName'));
  if (!at || !activity)
    throw new ImportProblem('The change has no activity, or no time of the form 2026-11-24T15:00:00Z.', {
      row,
      column: at ? 'activityDisplayName' : 'activityDateTime',
    });
  const by = objectAt(item, 'initiatedBy', row);
  const user = objectAt(by, 'user', row);
  const app = objectAt(by, 'app', row);
  const person = text(member(user, 'userPrincipalName')) ?? text(member(user, 'id'));
  const program = text(member(app, 'displayName')) ?? text(member(app, 'appId'));
  const result = text(member(item, 'result'))?.toLowerCase();
  return {
    file,
    row,
    id: text(member(item, 'id')),
    at,
    activity,
    category: text(member(item, 'category')),
    succeeded: result === 'success' ? true : result === 'failure' ? false : null,
    actor: person?.toLowerCase() ?? program,
    actorKind: person !== null ? 'person' : program === null ? null : 'application',
    ip: text(member(user, 'ipAddress')),
    targets: objectsAt(item, 'targetResources', row).map((target) => ({
      id: text(member(target, 'id')),
      type: text(member(target, 'type')),
      name: text(member(target, 'displayName')) ?? text(member(target, 'userPrincipalName')),
      changed: objectsAt(target, 'modifiedProperties', row).flatMap((one) => {
        const name = text(member(one, 'displayName'));
        const value = (key: string) => {
          const given = text(member(one, key));
          return given !== null && given.length <= MAX_VALUE_LENGTH ? given : null;
        };
        const from = value('oldValue');
        if (name === null) return [];
        return [
          { name, ...(from === null ? {} : { from }), to: value('newValue') },
          ...stateChange(name, one),
        ];
      }),
    })),
  };
}

/**
 * For a Conditional Access policy, the log contains the whole policy before and after as JSON
 * (learn.microsoft.com/entra/identity/conditional-access/troubleshoot-policy-changes-audit-log, 2026-11). Its state is
 * kept separately, because it shows when the policy was enabled or disabled.
 */
function stateChange(name: string, of: JsonObject): { name: string; from?: string; to: string }[] {
  if (name !== 'ConditionalAccessPolicy') return [];
  const [from, to] = ['oldValue', 'newValue'].map((key) => stateIn(text(member(of, key))));
  return to == null ? [] : [{ name: STATE_CHANGE, ...(from == null ? {} : { from }), to }];
}

function stateIn(written: string | null): string | null {
  try {
    const value: unknown = JSON.parse(written ?? '');
    return isObject(value) && typeof value.state === 'string' ? value.state : null;
  } catch {
    // The log may truncate a long policy.
    return null;
  }
}

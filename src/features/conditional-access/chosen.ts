import type { Recorded } from '#domain/conditional-access/overview.ts';
import { type AccessTenant, claudeApps } from '#domain/conditional-access/tenant.ts';
import type { Chosen, LeftOut } from '#domain/conditional-access/values.ts';

/** What a plan requests for a policy, besides its state. Left out: the last choice stays. */
export interface Asked {
  readonly name: string | null;
  /** Name or id of a group; empty means everyone. */
  readonly group: string | null;
  readonly resources: Chosen['resources'] | null;
  readonly without: readonly string[] | null;
  readonly grace: { readonly until: string; readonly people: readonly string[] } | null;
}

/**
 * The choices for a policy: those requested, otherwise the last ones. `unresolved` lists names that the files do not
 * resolve to exactly one group, account or application.
 */
export function chosenFor(
  tenant: AccessTenant,
  known: Recorded,
  asked: Asked,
): { readonly chosen: Chosen; readonly grace: readonly LeftOut[]; readonly unresolved: readonly string[] } {
  const { directory } = tenant.input;
  const unresolved: string[] = [];
  const only = (text: string, ids: readonly string[]): string[] => {
    const [id, ...more] = ids;
    if (id !== undefined && more.length === 0) return [id];
    unresolved.push(text);
    return [];
  };
  const { group, resources, without, grace: given } = asked;
  const apps = claudeApps(tenant).map(({ appId }) => appId.toLowerCase());
  const grace = (given?.people ?? []).flatMap((who) =>
    only(who, directory.userIds(who)).map((id) => ({ id, until: given?.until ?? '' })),
  );
  const name = asked.name ?? known.name;
  return {
    chosen: {
      ...(name === undefined ? {} : { name }),
      groups:
        group === null ? (known.groups ?? []) : group === '' ? [] : only(group, directory.groupIds(group)),
      resources: resources ?? known.resources ?? 'claude',
      without:
        without?.flatMap((id) => only(id, apps.includes(id.toLowerCase()) ? [id.toLowerCase()] : [])) ??
        known.without ??
        [],
      leftOut: [...(known.leftOut ?? []), ...grace],
    },
    grace,
    unresolved,
  };
}
// Guide: G6.1-08 G6.2-03 G6.3-05 G6.3-09

import type { ForbiddenTools } from '../ai-tools/forbidden.ts';
import type { Charter } from '../model/charter.ts';
import type { NetworkWay, TenantRestriction } from '../model/network.ts';
import { type HeaderLine, headerLines, type NoHeader } from './header.ts';

/** A way to enforce the restriction, filled in for a client. */
export interface PlannedWay {
  readonly way: NetworkWay;
  /** null: the way uses no header. */
  readonly headers: readonly HeaderLine[] | null;
  /** Why its files and values cannot be generated; null: they can. */
  readonly lack: NoHeader | { readonly why: 'no_allowlist' | 'no_forbidden' } | null;
  readonly needs: readonly string[];
  readonly steps: readonly string[];
}

/** Ids of the organizations that are allowed, ours first. */
export function organizationsOf(charter: Charter, asked: string | null): readonly string[] {
  const own = charter.claudeOrganization ?? asked;
  return [...new Set([...(own === null ? [] : [own]), ...(charter.network?.otherOrganizations ?? [])])];
}

/** Each way filled in for these organizations. */
export function planNetwork(
  ways: readonly NetworkWay[],
  restriction: TenantRestriction,
  organizations: readonly string[],
  /** How managed devices get past a block, from the charter; null: not stated. */
  allowlist: string | null,
  forbidden: ForbiddenTools,
): readonly PlannedWay[] {
  return ways.map((way) => {
    if (way.kind === 'block' || way.kind === 'test' || way.kind === 'session') {
      const fill = filler(restriction, [], organizations, forbidden);
      return {
        way,
        headers: null,
        lack: lackOfBlock(way, allowlist, forbidden),
        needs: way.needs.map(fill),
        steps: way.steps.map(fill),
      };
    }
    const made = headerLines(restriction, organizations, way.maxValue ?? null, way.maxTotal ?? null);
    const headers = 'why' in made ? null : made;
    const fill = filler(restriction, headers ?? [], organizations, forbidden);
    return {
      way,
      headers,
      lack: 'why' in made ? made : null,
      needs: way.needs.map(fill),
      steps: way.steps.map(fill),
    };
  });
}

function lackOfBlock(
  { kind, closes }: NetworkWay,
  allowlist: string | null,
  { tools }: ForbiddenTools,
): PlannedWay['lack'] {
  if (kind !== 'block') return null;
  if (closes === 'forbidden_tools') return tools.length === 0 ? { why: 'no_forbidden' } : null;
  return allowlist === null ? { why: 'no_allowlist' } : null;
}

function filler(
  restriction: TenantRestriction,
  headers: readonly HeaderLine[],
  organizations: readonly string[],
  { withoutHosts }: ForbiddenTools,
) {
  const values: Readonly<Record<string, string>> = {
    header: restriction.header,
    hosts: listWords(restriction.hosts),
    headers:
      headers.length === 0
        ? `${restriction.header}: …`
        : headers.map(({ name, value }) => `${name}: ${value}`).join('   '),
    toolsWithoutHosts: withoutHosts.length === 0 ? 'none' : listWords(withoutHosts),
    organizations: organizations.length === 0 ? '…' : organizations.join(', '),
  };
  return (text: string) => text.replace(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}

function listWords(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

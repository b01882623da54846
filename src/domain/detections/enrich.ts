import type { Activity } from '../activity/activity.ts';
import { effectivePermission } from '../charter/effective.ts';
import type { Catalogue } from '../model/catalogue.ts';
import type { Charter } from '../model/charter.ts';
import { localTime } from '../model/local-time.ts';
import type { Profile } from '../model/profile.ts';
import { approvalsOf, approvedConnectors } from '../rules/connectors/chartered.ts';
import { matchConnector } from '../rules/connectors/match.ts';

/** What Bylaw knows beside an activity. null is "not known" and never counts as no. */
export interface Enrichment {
  /** What the charter approves for the tool: allow, ask, blocked. null: no charter, or no tool is named. */
  readonly charter_state: 'allow' | 'ask' | 'blocked' | null;
  /** Whether the charter approves the connector at all. */
  readonly in_charter: boolean | null;
  /** Whether a permission that was set is wider than the charter's. */
  readonly wider_than_charter: boolean | null;
  /** Whether the person works here by the roster, on the day of the event. */
  readonly person_state: 'staff' | 'former' | 'not_on_roster' | null;
  /** Whether it happened in the client's own Claude organisation, by the charter. */
  readonly own_organisation: boolean | null;
  /** Whether the person's address is on one of the client's domains. */
  readonly own_domain: boolean | null;
  /** Whether the key that was used is one that the charter lists. */
  readonly known_key: boolean | null;
  /** Whether the charter lists the person who was given an owner's or admin's role. */
  readonly role_approved: boolean | null;
  /** Whether telemetry goes where the charter says. */
  readonly expected_endpoint: boolean | null;
  /** Whether an invited address is on a domain that the charter invites, or on the client's own. */
  readonly invited_own_domain: boolean | null;
}

export const NOTHING_KNOWN: Enrichment = {
  charter_state: null,
  in_charter: null,
  wider_than_charter: null,
  person_state: null,
  own_organisation: null,
  own_domain: null,
  known_key: null,
  role_approved: null,
  expected_endpoint: null,
  invited_own_domain: null,
};

/** What of a client's facts activities are compared with. Plain data, as of a day. */
export interface ClientContext {
  readonly profile: Profile;
  /** null: none is in force, or it cannot be read. */
  readonly charter: Charter | null;
  /**
   * By address in lower case: the last day of work, or null for whoever works here without an end. null: no roster
   * can be read.
   */
  readonly roster: Readonly<Record<string, string | null>> | null;
  /** Day that the charter is read for. */
  readonly today: string;
}

const WIDTH = { blocked: 0, ask: 1, allow: 2 } as const;

/** Makes what adds to a client's activities what Bylaw knows. Answers for tools and connectors are kept. */
export function enricher(
  context: ClientContext,
  catalogue: Pick<Catalogue, 'connectors'>,
): (activity: Activity) => Enrichment {
  const { profile, charter, roster, today } = context;
  const domains = new Set(profile.domains);
  const keys = charter?.approvedApiKeys && new Set(charter.approvedApiKeys);
  const approved = charter?.connectors === undefined ? null : approvedConnectors(charter, catalogue);
  const known = new Map<string, unknown>();
  const keep = <T>(key: string, work: () => T): T => {
    if (known.size > 5_000) known.clear();
    if (!known.has(key)) known.set(key, work());
    return known.get(key) as T;
  };
  const listed = (name: string): boolean | null =>
    approved && keep(`c ${name}`, () => approvalsOf(matchConnector(name, catalogue), approved).length > 0);
  const stateOf = (name: string, tool: string): Enrichment['charter_state'] =>
    charter === null || approved === null
      ? null
      : keep(`t ${name} ${tool}`, () =>
          listed(name) === false
            ? 'blocked'
            : effectivePermission(charter, catalogue, name, tool, today).permission,
        );
  const approves = (permission: unknown, name: string | null, tool: unknown): boolean | null => {
    if (name === null || typeof tool !== 'string') return null;
    const limit = stateOf(name, tool);
    if (limit === null || !isPermission(permission)) return null;
    return WIDTH[permission] > WIDTH[limit];
  };
  const stateOfPerson = (address: string, at: string): Enrichment['person_state'] => {
    if (roster === null || !address.includes('@')) return null;
    if (!Object.hasOwn(roster, address)) return 'not_on_roster';
    const last = roster[address] ?? null;
    if (last === null) return 'staff';
    return (localTime(at, profile.timezone)?.day ?? at.slice(0, 10)) > last ? 'former' : 'staff';
  };

  return (activity) => {
    const { detail, person, organisation, actor } = activity;
    const name = activity.connectorName ?? activity.connector ?? textIn(detail, 'mcp_server_name');
    const tool = activity.tool;
    const email = person?.includes('@') ? person : null;
    const key = keyOf(activity);
    const role = textIn(detail, 'current_role') ?? textIn(detail, 'invited_role');
    const who = (textIn(detail, 'user_email') ?? textIn(detail, 'invited_email'))?.toLowerCase() ?? null;
    const invited = textIn(detail, 'invited_email')?.toLowerCase() ?? null;
    const endpoint = textIn(detail, 'new_otlp_endpoint');
    return {
      charter_state: name === null || tool === null ? null : stateOf(name, tool),
      in_charter: name === null ? null : listed(name),
      wider_than_charter: approves(detail.max_permission, name, detail.tool_name),
      person_state: person === null ? null : stateOfPerson(person, activity.at),
      own_organisation:
        organisation === null || charter?.claudeOrganization === undefined || !UUID.test(organisation)
          ? null
          : organisation.toLowerCase() === charter.claudeOrganization,
      own_domain: email === null ? null : domains.has(email.slice(email.lastIndexOf('@') + 1)),
      known_key:
        key === null || !keys ? null : keys.has(key) || (actor.name !== null && keys.has(actor.name)),
      role_approved: who === null || role === null ? null : roleApproved(charter, role, who),
      expected_endpoint:
        endpoint === null || charter?.telemetry === undefined
          ? null
          : sameAddress(endpoint, charter.telemetry.endpoint),
      invited_own_domain:
        invited === null
          ? null
          : [...domains, ...(charter?.inviteDomains ?? [])].some((one) =>
              invited.endsWith(`@${one.toLowerCase()}`),
            ),
    };
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function textIn(detail: Activity['detail'], key: string): string | null {
  const value = detail[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

function isPermission(value: unknown): value is keyof typeof WIDTH {
  return typeof value === 'string' && Object.hasOwn(WIDTH, value);
}

/** The key that acted, where it was a key. */
function keyOf({ actor, detail }: Activity): string | null {
  return actor.type === 'api_actor' || actor.type === 'admin_api_key_actor'
    ? (actor.id ?? textIn(detail, 'api_key_id') ?? textIn(detail, 'admin_api_key_id'))
    : null;
}

/** Whether the charter lists somebody for a role that reaches beyond their own account; null: the role does not. */
function roleApproved(charter: Charter | null, role: string, email: string): boolean | null {
  const low = role.toLowerCase();
  const wide = low.includes('owner') ? charter?.owners : low.includes('admin') ? charter?.admins : undefined;
  if (wide === undefined) return null;
  return wide.some((one) => one.toLowerCase() === email);
}

function sameAddress(a: string, b: string): boolean {
  const bare = (text: string) => text.trim().toLowerCase().replace(/\/+$/, '');
  return bare(a) === bare(b);
}

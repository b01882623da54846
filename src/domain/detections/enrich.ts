import type { Activity } from '../activity/activity.ts';
import { plainConnectorName, UNNAMED_CONNECTOR } from '../activity/tools.ts';
import { effectivePermission } from '../charter/effective.ts';
import type { Catalogue, Connector } from '../model/catalogue.ts';
import type { Charter } from '../model/charter.ts';
import type { Profile } from '../model/profile.ts';
import { approvalsOf, approvedConnectors } from '../rules/connectors/chartered.ts';
import { matchAction, matchConnector } from '../rules/connectors/match.ts';
import { asciiDomain } from '../text/domain-name.ts';
import type { JudgingSettings } from './calendars.ts';
import { type Dated, inForceAt, type RosterBook, statusBy } from './in-force.ts';

/** Facts that Bylaw adds to an activity. null means unknown and never counts as no. */
export interface Enrichment {
  /** The charter's permission for the tool. null: no charter, or no tool is named. */
  readonly charter_state: 'allow' | 'ask' | 'blocked' | null;
  /** Whether the charter approves the connector at all. */
  readonly in_charter: boolean | null;
  /**
   * Kind of system that the connector reaches, from the catalogue; several if the name covers several systems and the
   * tool does not narrow it down. null: the connector is not in the catalogue.
   */
  readonly connector_category: Connector['category'] | readonly Connector['category'][] | null;
  /** Whether the person used this tool of the connector for the first time. Looked up in the log, not derived here. */
  readonly first_use: boolean | null;
  /** Whether a permission that was set is wider than the charter's. */
  readonly wider_than_charter: boolean | null;
  /** Whether the person works here, according to the roster on the day of the event. */
  readonly person_state: 'staff' | 'former' | 'not_on_roster' | null;
  /** Whether it happened in the client's own Claude organization, according to the charter. */
  readonly own_organization: boolean | null;
  /** Whether the person's address is in one of the client's domains. */
  readonly own_domain: boolean | null;
  /** Whether the key used is listed in the charter. */
  readonly known_key: boolean | null;
  /** Whether the charter lists the person who was given an owner or admin role. */
  readonly role_approved: boolean | null;
  /** Whether telemetry goes to the endpoint in the charter. */
  readonly expected_endpoint: boolean | null;
  /** Whether an invited address is in a domain that the charter allows, or in one of the client's own. */
  readonly invited_own_domain: boolean | null;
}

export const NOTHING_KNOWN: Enrichment = {
  charter_state: null,
  in_charter: null,
  connector_category: null,
  first_use: null,
  wider_than_charter: null,
  person_state: null,
  own_organization: null,
  own_domain: null,
  known_key: null,
  role_approved: null,
  expected_endpoint: null,
  invited_own_domain: null,
};

/** The parts of a charter that activities are compared with. */
export type JudgingCharter = Pick<
  Charter,
  | 'connectors'
  | 'invariantExceptions'
  | 'claudeOrganization'
  | 'approvedApiKeys'
  | 'owners'
  | 'admins'
  | 'telemetry'
  | 'inviteDomains'
>;

/** The client's facts that activities are compared with. Plain data. */
export interface ClientContext {
  readonly profile: Profile;
  /** Relevant profile settings, oldest first. An event is evaluated with those in force at its time. */
  readonly settings: readonly Dated<JudgingSettings>[];
  /** Versions of the charter, oldest first. An event is evaluated with the one in force at its time. */
  readonly charters: readonly Dated<JudgingCharter>[];
  /** Staff lists. An event is evaluated with the newest as of its day. */
  readonly roster: RosterBook;
}

const WIDTH = { blocked: 0, ask: 1, allow: 2 } as const;
type State = keyof typeof WIDTH;

/**
 * Returns a function that adds Bylaw's facts to a client's activities, using the charter, roster and settings in force
 * at the time of the event, so that a late event is evaluated as it would have been then. Results per tool and
 * connector are cached.
 *
 * @param dayOf Converts an instant to a day in the client's zone.
 */
export function enricher(
  { settings, charters, roster }: Pick<ClientContext, 'settings' | 'charters' | 'roster'>,
  catalogue: Pick<Catalogue, 'connectors'>,
  dayOf: (at: string) => string,
): (activity: Activity) => Enrichment {
  const owned = settings.map(({ value }) => new Set(value.domains));
  const judges = charters.map(({ value }) => charterJudge(value, catalogue));
  const status = statusBy(roster);
  const nameOf = connectorNames();
  const categories = new Map<string, Enrichment['connector_category']>();
  const categoryOf = (name: string, tool: string | null): Enrichment['connector_category'] => {
    const key = `${name}\0${tool ?? ''}`;
    const known = categories.get(key);
    if (known !== undefined) return known;
    if (categories.size > MAX_CACHED_ANSWERS) categories.clear();
    const found = categoriesOf(matchConnector(name, catalogue).entries, tool);
    categories.set(key, found);
    return found;
  };
  const ownAddress = (address: string, domains: readonly string[]): boolean =>
    domains.some((one) => asciiDomain(address.slice(address.lastIndexOf('@') + 1)) === asciiDomain(one));

  return (activity) => {
    const { detail, person, organization, actor, tool, at } = activity;
    const judge = judges[inForceAt(charters, at)];
    const charter = judge?.charter;
    const domains = owned[inForceAt(settings, at)] ?? new Set<string>();
    const name = nameOf(activity);
    const day = dayOf(at);
    const email = person?.includes('@') ? person : null;
    const key = keyOf(activity);
    const role = textIn(detail, 'current_role') ?? textIn(detail, 'invited_role');
    const who = (textIn(detail, 'user_email') ?? textIn(detail, 'invited_email'))?.toLowerCase() ?? null;
    const invited = textIn(detail, 'invited_email')?.toLowerCase() ?? null;
    const endpoint = textIn(detail, 'new_otlp_endpoint');
    const set = textIn(detail, 'max_permission');
    const limit =
      judge === undefined || name === null || !isPermission(set) || typeof detail.tool_name !== 'string'
        ? null
        : judge.state(name, detail.tool_name, day);
    return {
      charter_state:
        judge === undefined || name === null || tool === null ? null : judge.state(name, tool, day),
      in_charter: judge === undefined || name === null ? null : judge.lists(name),
      connector_category: name === null ? null : categoryOf(name, tool),
      first_use: null,
      wider_than_charter: limit === null || !isPermission(set) ? null : WIDTH[set] > WIDTH[limit],
      person_state: email === null ? null : status(email, day),
      own_organization:
        organization === null || charter?.claudeOrganization === undefined || !UUID.test(organization)
          ? null
          : organization.toLowerCase() === charter.claudeOrganization,
      own_domain: email === null ? null : domains.has(asciiDomain(email.slice(email.lastIndexOf('@') + 1))),
      known_key:
        key === null || judge === undefined || judge.keys === null
          ? null
          : judge.keys.has(key) || (actor.name !== null && judge.keys.has(actor.name)),
      role_approved: who === null || role === null ? null : roleApproved(charter, role, who),
      expected_endpoint:
        endpoint === null || charter?.telemetry === undefined
          ? null
          : sameAddress(endpoint, charter.telemetry.endpoint),
      invited_own_domain:
        invited === null
          ? null
          : ownAddress(invited, [...domains, ...(charter?.inviteDomains ?? [])])
            ? true
            : // The first charter is later than the event, so the domains it would have allowed are unknown.
              charter === undefined && charters.length > 0
              ? null
              : false,
    };
  };
}

interface CharterJudge {
  readonly charter: JudgingCharter;
  readonly keys: ReadonlySet<string> | null;
  /** Whether it approves a connector; null: it has no list of connectors. */
  lists(name: string): boolean | null;
  /** The permission of a tool on a day. */
  state(name: string, tool: string, day: string): State | null;
}

/** Cached answers per charter version. */
const MAX_CACHED_ANSWERS = 5_000;

function charterJudge(charter: JudgingCharter, catalogue: Pick<Catalogue, 'connectors'>): CharterJudge {
  const approved = charter.connectors === undefined ? null : approvedConnectors(charter, catalogue);
  // Answers differ between days only if an exception may end.
  const byDay = (charter.invariantExceptions ?? []).length > 0;
  const known = new Map<string, unknown>();
  const keep = <T>(key: string, work: () => T): T => {
    if (known.size > MAX_CACHED_ANSWERS) known.clear();
    if (!known.has(key)) known.set(key, work());
    return known.get(key) as T;
  };
  const lists = (name: string): boolean | null =>
    approved && keep(`c ${name}`, () => approvalsOf(matchConnector(name, catalogue), approved).length > 0);
  return {
    charter,
    keys: charter.approvedApiKeys === undefined ? null : new Set(charter.approvedApiKeys),
    lists,
    state: (name, tool, day) =>
      approved &&
      keep(`t ${byDay ? day : ''} ${name} ${tool}`, () =>
        lists(name) === false
          ? 'blocked'
          : effectivePermission(charter, catalogue, name, tool, day).permission,
      ),
  };
}

function categoriesOf(entries: readonly Connector[], tool: string | null): Enrichment['connector_category'] {
  const match = tool === null || entries.length < 2 ? null : matchAction(tool, entries, 'observed');
  const connectors = match?.kind === 'actions' ? match.actions.map(({ connector }) => connector) : entries;
  const found = [...new Set(connectors.map(({ category }) => category))];
  return found.length > 1 ? found : (found[0] ?? null);
}

/**
 * Returns the connector's name as charter and catalogue know it; null: no connector was involved, or its name was
 * withheld.
 */
function connectorNames(): (activity: Activity) => string | null {
  const known = new Map<string, string>();
  return ({ connector, connectorName, detail }) => {
    const name =
      connectorName ??
      (connector === UNNAMED_CONNECTOR ? null : connector) ??
      textIn(detail, 'mcp_server_name');
    if (name === null) return null;
    const before = known.get(name);
    if (before !== undefined) return before;
    if (known.size > MAX_CACHED_ANSWERS) known.clear();
    const plain = plainConnectorName(name) || name;
    known.set(name, plain);
    return plain;
  };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function textIn(detail: Activity['detail'], key: string): string | null {
  const value = detail[key];
  return typeof value === 'string' && value !== '' ? value : null;
}

function isPermission(value: unknown): value is State {
  return typeof value === 'string' && Object.hasOwn(WIDTH, value);
}

/** The key that acted, if the actor was a key. */
function keyOf({ actor, detail }: Activity): string | null {
  return actor.type === 'api_actor' || actor.type === 'admin_api_key_actor'
    ? (actor.id ?? textIn(detail, 'api_key_id') ?? textIn(detail, 'admin_api_key_id'))
    : null;
}

/**
 * Whether the charter lists someone for a role with rights beyond their own account; null: the role has none, or the
 * charter lists no one for it.
 */
function roleApproved(charter: JudgingCharter | undefined, role: string, email: string): boolean | null {
  const low = role.toLowerCase();
  const wide = low.includes('owner') ? charter?.owners : low.includes('admin') ? charter?.admins : undefined;
  if (wide === undefined) return null;
  return wide.some((one) => one.toLowerCase() === email);
}

function sameAddress(a: string, b: string): boolean {
  return bareAddress(a) === bareAddress(b);
}

/** Removes trailing slashes in linear time; a regular expression would be quadratic. */
function bareAddress(text: string): string {
  const low = text.trim().toLowerCase();
  let end = low.length;
  while (end > 0 && low[end - 1] === '/') end -= 1;
  return low.slice(0, end);
}

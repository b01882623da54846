import { GLOBAL_ADMINISTRATOR } from '#domain/model/entra-roles.ts';
import { KINDS, type Rows } from '#domain/model/kinds.ts';
import { GRAPH_KINDS, type GraphKind } from '#domain/model/offered.ts';
import { GRAPH_APP_ID } from '#domain/rules/microsoft/apps.ts';
import {
  type Content,
  type FileKind,
  ImportProblem,
  type Note,
  type Parsed,
  type ParseEnvironment,
} from '../exports/file-kind.ts';
import { dayIn, type JsonObject, member, text } from '../exports/kinds/json-values.ts';
import { readAgentPackage } from './agent-package.ts';
import { readAlert } from './alert.ts';
import { type GraphList, graphFile } from './answer.ts';
import { readCaPolicy, unreadPolicy } from './ca-policy.ts';
import {
  readAssignment,
  readGrant,
  readGroup,
  readNamedLocation,
  readRoleAssignment,
  readSecurityDefaults,
  readServicePrincipal,
  readSku,
  readUser,
} from './directory.ts';
import { readDirectoryAudit } from './directory-audit.ts';
import { type Entry, listedTwice } from './entries.ts';
import { explainGraphError } from './error.ts';
import {
  readAuthMethods,
  readCloudAppEvent,
  readCompliancePolicy,
  readDomain,
  readManagedDevice,
  readPremiumUse,
  readRiskDetection,
  readRiskyUser,
} from './protection.ts';
import { kindOfList } from './recognize.ts';
import { readSignIn } from './sign-in.ts';
import { readSitePermissions } from './site-permissions.ts';
import { readSiteUsage } from './site-usage.ts';

type Reader<K extends GraphKind> = (item: JsonObject, file: string, row: number, notes: Note[]) => Rows[K];

const READERS: { readonly [K in GraphKind]: Reader<K> } = {
  subscribed_skus: readSku,
  entra_users: readUser,
  entra_groups: readGroup,
  entra_roles: readRoleAssignment,
  ca_policies: readCaPolicy,
  named_locations: readNamedLocation,
  service_principals: readServicePrincipal,
  permission_grants: readGrant,
  app_assignments: readAssignment,
  sign_ins: readSignIn,
  security_defaults: readSecurityDefaults,
  directory_audits: readDirectoryAudit,
  managed_devices: readManagedDevice,
  risky_users: readRiskyUser,
  risk_detections: readRiskDetection,
  auth_methods: readAuthMethods,
  entra_domains: readDomain,
  premium_use: readPremiumUse,
  security_alerts: readAlert,
  cloud_app_events: readCloudAppEvent,
  compliance_policies: readCompliancePolicy,
  agent_packages: readAgentPackage,
  site_usage: readSiteUsage,
  site_permissions: readSitePermissions,
};

/**
 * Kinds in which an unreadable entry gets its own row, so that rules can check whether it matters. In other kinds, an
 * unreadable entry makes the list incomplete.
 */
const UNREAD: {
  readonly [K in GraphKind]?: (item: JsonObject, file: string, row: number, why: string) => Rows[K];
} = { ca_policies: unreadPolicy };

/** JSON responses of Microsoft Graph, saved by hand. */
export const graphKinds: readonly FileKind[] = GRAPH_KINDS.map((kind) => fileKind(kind));

function fileKind(kind: GraphKind): FileKind {
  return {
    kind,
    recognize: (content, name) => recognize(kind, content, name),
    parse: (content, environment) => parse(kind, content, environment),
  };
}

/** A `$batch` response contains several kinds. It is recognized as the first of them and read completely. */
function recognize(kind: GraphKind, content: Content, name: string): number {
  const { lists, errors } = graphFile(content);
  const first = lists.map(kindOfList).find((found) => found !== null);
  if (first) return first.kind !== kind ? 0 : first.sure ? 1 : 0.9;
  if (errors.length > 0 && lists.length === 0) return kind === meantBy(name) ? 0.7 : 0;
  return 0;
}

/** An error body does not say what was requested, so only the file name can show which kind it stands for. */
function meantBy(name: string): GraphKind {
  const plain = name.replace(/[^a-z0-9]/g, '');
  const hints: readonly (readonly [RegExp, GraphKind])[] = [
    [/signin/, 'sign_ins'],
    [/directoryaudit/, 'directory_audits'],
    [/alert/, 'security_alerts'],
    [/cloudapp|hunting/, 'cloud_app_events'],
    [/compliancepolic/, 'compliance_policies'],
    [/agent|copilotpackage/, 'agent_packages'],
    [/siteusage/, 'site_usage'],
    [/sitepermission/, 'site_permissions'],
    [/riskyuser/, 'risky_users'],
    [/riskdetection/, 'risk_detections'],
    [/manageddevice/, 'managed_devices'],
    [/conditionalaccess|capolic|policies/, 'ca_policies'],
    [/location/, 'named_locations'],
    [/grant/, 'permission_grants'],
    [/role/, 'entra_roles'],
    [/assign/, 'app_assignments'],
    [/principal|enterpriseapp/, 'service_principals'],
    [/securitydefault/, 'security_defaults'],
    [/group/, 'entra_groups'],
    [/user/, 'entra_users'],
  ];
  return hints.find(([pattern]) => pattern.test(plain))?.[1] ?? 'subscribed_skus';
}

function parse(kind: GraphKind, content: Content, environment: ParseEnvironment): Parsed[] {
  const { lists, errors } = graphFile(content);
  const error = errors[0];
  if (lists.length === 0 && error) throw new ImportProblem(explainGraphError(error));
  const groups = new Map<GraphKind, GraphList[]>();
  const unknown: GraphList[] = [];
  for (const list of lists) {
    const found = kindOfList(list);
    if (found) groups.set(found.kind, [...(groups.get(found.kind) ?? []), list]);
    else if (list.context === null) unknown.push(list);
  }
  // Nothing in a saved list may show its kind, for example if it is empty. Then the requested kind applies.
  if (!groups.has(kind) && unknown.length > 0) groups.set(kind, unknown);
  if (!groups.has(kind))
    throw new ImportProblem(`The file holds no ${KINDS[kind].label}. ${KINDS[kind].howToGet}`);
  const failed: Note[] = errors.map((one) => ({
    row: null,
    column: null,
    says: explainGraphError(one, 'part'),
  }));
  return [...groups].map(([one, parts]) => readKind(one, parts, environment, failed));
}

function readKind<K extends GraphKind>(
  kind: K,
  lists: readonly GraphList[],
  environment: ParseEnvironment,
  failed: readonly Note[],
): Parsed<K> {
  const notes: Note[] = [...failed];
  const rows: Rows[K][] = [];
  const items = lists.flatMap((list) => list.items);
  const beta = new Set(lists.flatMap((list) => (list.beta ? list.items : [])));
  const entries: Entry<Rows[K]>[] = [];
  const refused: ImportProblem[] = [];
  let taken = 0;
  items.forEach((item, index) => {
    if (isGone(item)) {
      notes.push({ row: index + 1, column: null, says: 'The entry was removed in Entra and was left out.' });
    } else {
      try {
        const read = READERS[kind](item, environment.file, index + 1, notes);
        const row = kind === 'ca_policies' && beta.has(item) ? { ...read, beta: true as const } : read;
        rows.push(row);
        entries.push({ id: text(member(item, 'id')), row });
        taken += 1;
      } catch (error) {
        // One unreadable entry must not prevent reading the others, but makes the list incomplete.
        if (!(error instanceof ImportProblem) || items.length === 1) throw error;
        refused.push(error);
        const unread = UNREAD[kind]?.(item, environment.file, index + 1, error.message);
        if (unread !== undefined) rows.push(unread);
        notes.push({
          row: error.row ?? index + 1,
          column: error.column,
          says:
            unread === undefined
              ? `Left out, so the list is incomplete: ${error.message}`
              : `This entry cannot be read; controls that it could change say so: ${error.message}`,
        });
      }
    }
  });
  const [first] = refused;
  if (first !== undefined && taken === 0) throw first;
  const twice = listedTwice(entries, KINDS[kind].shape);
  notes.push(...twice.notes);
  const why =
    kind === 'security_defaults' || kind === 'premium_use'
      ? null
      : (whyPartial(lists, items.length) ?? allGone(items) ?? WITHOUT[kind]?.(items) ?? null);
  if (why) notes.push({ row: null, column: null, says: why });
  const covers = KINDS[kind].shape === 'log' ? spanOf(rows, environment.timezone) : null;
  return {
    kind,
    rows: rows.filter((row) => !twice.out.has(row)),
    complete: why === null && twice.notes.length === 0 && (first === undefined || UNREAD[kind] !== undefined),
    ...(covers ? { covers } : {}),
    observedOn: null,
    mapping: [],
    unmapped: [],
    notes,
  };
}

/** Whether an entry was deleted: marked so in a delta response, or listed for a month after its deletion. */
function isGone(item: JsonObject): boolean {
  const deleted = text(member(item, 'deletedDateTime'));
  return Object.hasOwn(item, '@removed') || (deleted !== null && !NO_DAY.test(deleted));
}

/** The first day of the calendar, which tools write for "no date". */
const NO_DAY = /^0001-01-01/;

/** With only deleted entries, the current state is unknown. */
function allGone(items: readonly JsonObject[]): string | null {
  return items.length > 0 && items.every(isGone)
    ? 'Everything in the file was deleted, so what is there now is not in it.'
    : null;
}

/** Page sizes of Graph and PowerShell: a bare list of exactly this length was probably cut off. */
const PAGE_SIZES = new Set([100, 999, 1000]);

/** Why the lists may be incomplete; null: no indication. */
function whyPartial(lists: readonly GraphList[], rows: number): string | null {
  const pages = lists.filter((list) => !list.single);
  if (pages.length === 0)
    return 'The file contains single objects rather than the list, so others may be missing.';
  if (pages.every((list) => list.more)) return 'The answer names a further page that is not in the file.';
  const counts = pages.flatMap((list) => list.count ?? []);
  if (counts.some((count) => count > rows))
    return `The answer says that there are ${Math.max(...counts)} entries, and the file holds ${rows}.`;
  if (pages.length === 1 && pages[0]?.bare && PAGE_SIZES.has(rows)) {
    return `The file holds exactly ${rows} entries without the end of the answer. That is the size of one page, so others may be missing.`;
  }
  return null;
}

/** Entries that every tenant has, so that a list without them was filtered or cut; null: present. */
const WITHOUT: { readonly [K in GraphKind]?: (items: readonly JsonObject[]) => string | null } = {
  service_principals: (items) =>
    hasOne(items, 'appId', GRAPH_APP_ID)
      ? null
      : 'Microsoft Graph, which every tenant has among its applications, is not in the file. So the list was filtered or cut, and others may be missing.',
  entra_roles: (items) =>
    hasOne(items, 'roleDefinitionId', GLOBAL_ADMINISTRATOR)
      ? null
      : 'No Global Administrator, which every tenant has, is in the file. So the list was filtered or cut, and others may be missing.',
};

const hasOne = (items: readonly JsonObject[], key: string, wanted: string) =>
  items.some((item) => text(member(item, key))?.toLowerCase() === wanted);

function spanOf(rows: readonly object[], timezone: string): { from: string; to: string } | null {
  const times = rows.flatMap((row) => ('at' in row && typeof row.at === 'string' ? [row.at] : []));
  const first = times.reduce<string | null>((a, b) => (a === null || b < a ? b : a), null);
  const last = times.reduce<string | null>((a, b) => (a === null || b > a ? b : a), null);
  return first && last ? { from: dayIn(timezone, first), to: dayIn(timezone, last) } : null;
}

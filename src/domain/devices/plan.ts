import type { Charter } from '../model/charter.ts';
import type {
  ClauseAnswer,
  DeviceFile,
  DeviceKey,
  DeviceProduct,
  SettingValue,
} from '../model/device-settings.ts';
import { count, names } from '../text/words.ts';
import { type ReadClause, readClause } from './clauses.ts';
import { type OwnServer, ownServers } from './servers.ts';

export type Json = boolean | number | string | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * How the charter determines a setting. `set`: with this value · `needs`: the charter requires it, but information is
 * missing · `silent`: the charter does not cover it · `not_needed`: the charter's answer needs no setting.
 */
export type PlannedState = 'set' | 'needs' | 'silent' | 'not_needed';

export interface PlannedKey {
  readonly key: DeviceKey;
  readonly state: PlannedState;
  /** Only with `set`. */
  readonly value: Json | null;
  readonly clause: ReadClause;
  /** With `needs`: what to do. With `not_needed`: why it would not be enforced, if that is the reason. */
  readonly question: string | null;
}

export interface OutOfScopeClause {
  readonly clause: ReadClause;
  readonly by: DeviceProduct['beyond'][number]['by'];
  readonly says: string;
  readonly where: string | null;
  readonly sources: DeviceProduct['beyond'][number]['sources'];
}

export interface PlannedFile {
  readonly file: DeviceFile;
  /** Why it cannot be generated, one sentence each. */
  readonly lacks: readonly string[];
  readonly notes: readonly string[];
}

export interface DevicePlan {
  readonly product: DeviceProduct;
  readonly keys: readonly PlannedKey[];
  /** Documented settings that no clause of a charter requires. */
  readonly others: readonly DeviceKey[];
  readonly beyond: readonly OutOfScopeClause[];
  readonly files: readonly PlannedFile[];
  readonly servers: readonly OwnServer[];
  /** Whether local servers on people's computers are allowed. */
  readonly local: ClauseAnswer | null;
  /** The charter lists its connectors, so that an unlisted one is a difference. */
  readonly charterNamesConnectors: boolean;
}

/** Inputs besides the product. */
export interface DeviceInput {
  readonly charter: Charter;
  readonly today: string;
  /** Id of the Claude organization from the request; the charter's own takes precedence. */
  readonly organization: string | null;
  /** Base URL of this console, which receives telemetry. */
  readonly console: string;
}

/** Placeholder for the token in settings files: the file is widely distributed, a token only to those it is for. */
export const TOKEN_PLACEHOLDER = 'YOUR-TOKEN';

const TELEMETRY_HEADER = /^Authorization=Bearer(?:%20| )/;

/** The header with which exporters send a token. */
export function telemetryHeader(token: string): string {
  return `Authorization=Bearer ${token}`;
}

/** Whether a setting is the telemetry header, with any token. */
export function isTelemetryHeader(text: string): boolean {
  return TELEMETRY_HEADER.test(text);
}

/** Whether a URL belongs to a console. */
export function isOfConsole(endpoint: string, console: string): boolean {
  return URL.canParse(endpoint) && new URL(endpoint).origin === new URL(console).origin;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isOrganizationId = (text: string): boolean => UUID.test(text);

export const ASK_ORGANIZATION =
  'Give the ID of the Claude organization. An Owner finds it in Claude under Organization settings > Organization, at the bottom.';

/** What to know about telemetry besides the files. */
export function telemetryWords({ telemetry }: Charter, console: string): string {
  if (telemetry === undefined)
    return `Telemetry stays off in the files until the charter says where it goes. To have it sent to this console, enter ${console} there.`;
  return isOfConsole(telemetry.endpoint, console)
    ? `Telemetry goes to this console. Put a token from Connections > Telemetry in place of ${TOKEN_PLACEHOLDER}: it is not written into the files, because everyone with access to a device can read them, and it can do nothing but send.`
    : 'Telemetry goes to the collector that the charter names. No key for it is written into the files, because everyone with access to a device can read them.';
}

/** The settings of a product that make the charter effective on devices, and what they cannot enforce. */
export function planDevices(product: DeviceProduct, input: DeviceInput): DevicePlan {
  const { charter, today } = input;
  const servers = ownServers(charter, today);
  const keys = product.keys.flatMap((key) => planKey(key, input, servers));
  const beyond = product.beyond.flatMap(({ clause, when, by, says, where, sources }) => {
    const read = readClause(charter, clause);
    if (read.answer === null || (when !== undefined && !when.includes(read.answer))) return [];
    return [{ clause: read, by, says, where: where ?? null, sources }];
  });
  return {
    product,
    keys,
    others: product.keys.filter(({ set }) => set === undefined),
    beyond,
    files: product.files.map((file) => planFile(file, { keys, servers, charter })),
    servers,
    local: readClause(charter, 'local_mcp').answer,
    charterNamesConnectors: charter.connectors !== undefined,
  };
}

function planKey(key: DeviceKey, input: DeviceInput, servers: readonly OwnServer[]): PlannedKey[] {
  if (key.set === undefined) return [];
  const clause = readClause(input.charter, key.set.clause);
  const base = { key, clause, value: null, question: null };
  if (clause.answer === null) return [{ ...base, state: 'silent' }];
  const { onlyWith } = key.set;
  if (onlyWith !== undefined && readClause(input.charter, onlyWith.clause).answer !== onlyWith.answer)
    return [{ ...base, state: 'not_needed', question: onlyWith.otherwise }];
  const wanted = key.set.values[clause.answer];
  if (wanted === undefined) return [{ ...base, state: 'not_needed' }];
  const value = valueFor(wanted, input, servers);
  if (value === 'unknown') return [{ ...base, state: 'needs', question: ASK_ORGANIZATION }];
  if (value === null) return [{ ...base, state: 'not_needed' }];
  return [{ ...base, state: 'set', value }];
}

/** null: no value; `unknown`: information is missing. */
function valueFor(
  wanted: SettingValue,
  { charter, organization, console }: DeviceInput,
  servers: readonly OwnServer[],
): Json | null | 'unknown' {
  if (typeof wanted !== 'object' || Array.isArray(wanted)) return wanted as Json;
  const given = servers.filter(({ url }) => url !== null);
  switch ((wanted as { from: string }).from) {
    case 'organization':
      return charter.claudeOrganization ?? organization ?? 'unknown';
    case 'server_urls':
      return given.map(({ url }) => ({ serverUrl: url ?? '' }));
    case 'denied_tools':
      return none(given.flatMap(({ denied }) => denied));
    case 'asked_tools':
      return none(given.flatMap(({ asked }) => asked));
    case 'retention_days':
      return charter.chatRetentionDays ?? null;
    case 'update_hours':
      return charter.desktopUpdates?.withinHours ?? null;
    case 'telemetry_endpoint':
      return charter.telemetry?.endpoint ?? null;
    // Only this console is known to discard tool arguments on arrival, and only its header format is known.
    case 'telemetry_headers':
      return isOfConsole(charter.telemetry?.endpoint ?? '', console)
        ? telemetryHeader(TOKEN_PLACEHOLDER)
        : null;
    case 'telemetry_details':
      return isOfConsole(charter.telemetry?.endpoint ?? '', console) ? '1' : null;
    default:
      return null;
  }
}

const none = (list: readonly string[]): readonly string[] | null => (list.length === 0 ? null : list);

interface Made {
  readonly keys: readonly PlannedKey[];
  readonly servers: readonly OwnServer[];
  readonly charter: Charter;
}

function planFile(file: DeviceFile, { keys, servers, charter }: Made): PlannedFile {
  if (file.format === 'mcp_json') return { file, ...serversFile(charter, servers) };
  const lacks = [
    ...new Set(
      keys.flatMap(({ key, state, question }) => (state !== 'needs' ? [] : [`${key.label}: ${question}`])),
    ),
  ];
  if (!keys.some(({ state }) => state === 'set' || state === 'needs'))
    lacks.push('The charter asks for none of these settings, so the file would be empty.');
  const silent = [
    ...new Set(keys.filter(({ state }) => state === 'silent').map(({ clause }) => clause.words)),
  ];
  return { file, lacks, notes: silent };
}

function serversFile(charter: Charter, servers: readonly OwnServer[]): Pick<PlannedFile, 'lacks' | 'notes'> {
  const local = readClause(charter, 'local_mcp');
  const lacks =
    local.answer === 'no'
      ? []
      : local.answer === 'yes'
        ? ['The charter allows servers on people’s own computers, and this file would keep them out.']
        : [`${local.words} This file keeps all of them out, so that has to be decided first.`];
  const without = servers.filter(({ url }) => url === null).map(({ name }) => name);
  return {
    lacks,
    notes:
      without.length === 0
        ? []
        : [
            `${names(without)}: the charter gives no address (url), so ${count(without.length, 'server')} ${without.length === 1 ? 'is' : 'are'} left out and cannot be used from Claude Code.`,
          ],
  };
}

/** The settings as one object, with `permissions.` and `env.` as nested objects. */
export function settingsOf(plan: DevicePlan): { readonly [key: string]: Json } {
  const settings: Record<string, Json> = {};
  for (const { key, state, value } of plan.keys) {
    if (state !== 'set' || value === null) continue;
    const [above, below] = splitKey(key.key);
    if (above === null) settings[below] = value;
    else settings[above] = { ...(settings[above] as Record<string, Json> | undefined), [below]: value };
  }
  return settings;
}

/** `permissions.deny` is stored as `deny` inside `permissions`. */
export function splitKey(key: string): readonly [string | null, string] {
  const dot = key.indexOf('.');
  return dot < 0 ? [null, key] : [key.slice(0, dot), key.slice(dot + 1)];
}

/** Content of managed-mcp.json. */
export function serversOf(plan: DevicePlan): { readonly mcpServers: { readonly [name: string]: Json } } {
  const given = plan.servers.filter(({ url }) => url !== null);
  return { mcpServers: Object.fromEntries(given.map(({ id, url }) => [id, { type: 'http', url }])) };
}
// Guide: G1.1-13

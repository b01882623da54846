import type { TenantRestriction } from '../../model/network.ts';
import { continuations } from '../header.ts';
import type { FormFlaw, ParsedConfig, ParsedHeader } from './parsed-config.ts';

/** Faults of a configuration, in any format. */
export const CONFIG_FAULTS = [
  'no_header',
  'wrong_name',
  'placeholder',
  'blank',
  'not_an_id',
  'other_organization',
  'organization_missing',
  'organization_unknown',
  'sent_twice',
  'client_wins',
  'act_unknown',
  'host_missing',
  'hosts_unknown',
  'continuation_missing',
  'continuation_left_over',
  'continuations_open',
  'too_many',
  'too_long',
] as const;
export type ConfigFault = (typeof CONFIG_FAULTS)[number] | FormFlaw;

export interface ConfigFinding {
  readonly code: ConfigFault;
  /** What it is about: text from the file, or what is missing in it; null: the file as a whole. */
  readonly found: string | null;
  readonly line: number | null;
}

/** Maximum length of a header in the browser policy. */
const BROWSER_MAX = 8192;
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Everything that keeps a configuration from blocking other organizations and allowing ours. Empty: nothing found. */
export function judgeConfig(
  config: ParsedConfig,
  restriction: TenantRestriction,
  organizations: readonly string[],
): readonly ConfigFinding[] {
  const findings: ConfigFinding[] = config.flaws.map(({ code, found, line }) => ({ code, found, line }));
  const say = (code: ConfigFault, found: string | null = null, line: number | null = null) =>
    findings.push({ code, found, line });
  const numbered = continuations(restriction);
  const names = new Set([restriction.header, ...numbered]);
  const ours = config.headers.filter(({ name }) => names.has(name.toLowerCase()));
  for (const { name, line } of config.headers)
    if (!names.has(name.toLowerCase()) && /anthropic|allowed.?org/i.test(name)) say('wrong_name', name, line);
  const base = ours.filter(({ name }) => name.toLowerCase() === restriction.header);
  if (base.length === 0) {
    say('no_header', restriction.header);
    return findings;
  }
  for (const one of ours) ofHeader(one, config, say);
  if (config.form !== 'envoy' && config.form !== 'browser_policy' && base.length > 1)
    say('sent_twice', restriction.header, base[1]?.line ?? null);
  ofValues(ours, restriction, organizations, say);
  ofHosts(config, restriction, say);
  const open = numbered.filter(
    (name) => !isRemoved(name, config) && !ours.some((one) => one.name.toLowerCase() === name),
  );
  if (open.length > 0 && config.form !== 'browser_policy') say('continuations_open', open[0] ?? null);
  return findings;
}

type Say = (code: ConfigFault, found?: string | null, line?: number | null) => void;

function ofHeader({ name, value, act, line }: ParsedHeader, config: ParsedConfig, say: Say): void {
  if (act === 'add' && !isRemoved(name, config)) say('sent_twice', name, line);
  if (act === 'absent' && !isRemoved(name, config)) say('client_wins', name, line);
  if (act === 'unknown') say('act_unknown', name, line);
  if (config.form === 'browser_policy' && name.length + value.length > BROWSER_MAX)
    say('too_long', name, line);
}

function isRemoved(name: string, { removed }: ParsedConfig): boolean {
  const wanted = name.toLowerCase();
  return removed.some((one) => {
    const text = one.toLowerCase();
    if (!text.startsWith('/')) return text === wanted;
    // Only handles expressions like those that Bylaw generates; any other is assumed not to remove the header.
    const plain = text.slice(1, -1).replace(/^\^/, '').replace(/\$$/, '');
    const stem = plain.replace(/(?:\[0-9\]|\\d)[*+?]?$|\.\*$/, '');
    return stem.length < plain.length
      ? wanted.startsWith(stem) && /^\d*$/.test(wanted.slice(stem.length))
      : plain === wanted;
  });
}

function ofValues(
  ours: readonly ParsedHeader[],
  restriction: TenantRestriction,
  organizations: readonly string[],
  say: Say,
) {
  const ids: string[] = [];
  let declared = 1;
  for (const { name, value, line } of ours) {
    const [list = '', count] = value.split(';n=');
    if (name.toLowerCase() === restriction.header && count !== undefined) declared = Number(count);
    if (/[<>{}$]/.test(list)) {
      say('placeholder', value, line);
      continue;
    }
    if (/\s/.test(value)) say('blank', value, line);
    for (const part of list.split(',').map((one) => one.trim().toLowerCase()))
      if (ID.test(part)) ids.push(part);
      else say('not_an_id', part, line);
  }
  const slots = new Set(ours.map(({ name }) => name.toLowerCase()));
  for (const [at, name] of continuations(restriction).entries()) {
    const wanted = at + 1 < declared;
    if (wanted && !slots.has(name)) say('continuation_missing', name);
    if (!wanted && slots.has(name)) say('continuation_left_over', name);
  }
  const allowed = new Set(organizations.map((id) => id.toLowerCase()));
  const unique = [...new Set(ids)];
  if (unique.length > restriction.maxOrganizations) say('too_many', String(unique.length));
  if (allowed.size === 0) say('organization_unknown');
  else for (const id of unique) if (!allowed.has(id)) say('other_organization', id);
  for (const id of allowed) if (!unique.includes(id)) say('organization_missing', id);
}

function ofHosts({ hosts }: ParsedConfig, restriction: TenantRestriction, say: Say): void {
  if (hosts === null) {
    say('hosts_unknown');
    return;
  }
  for (const host of restriction.hosts)
    if (!hosts.some((pattern) => covers(pattern, host))) say('host_missing', host);
}

/**
 * `.name` and `name` cover everything below them in the formats that define it so; `*.name` does not cover the name
 * itself.
 */
function covers(pattern: string, host: string): boolean {
  const text = pattern.toLowerCase().replace(/\/.*$/, '');
  if (text === '*') return true;
  if (text.startsWith('*.')) return host.endsWith(text.slice(1));
  if (text.startsWith('.')) return host === text.slice(1) || host.endsWith(text);
  return host === text;
}

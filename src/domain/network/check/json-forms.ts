import { BROWSER_POLICY } from '../makers/browser.ts';
import type { ParsedConfig, ParsedHeader } from './parsed-config.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const texts = (value: unknown) => listOf(value).filter((one): one is string => typeof one === 'string');

/**
 * Reads a configuration in JSON: rules of the browser policy (bare or under its name), a Cloudflare rule, or a Zscaler
 * header action profile; null: none of these.
 */
export function readJsonForm(value: unknown): ParsedConfig | null {
  if (isObject(value) && BROWSER_POLICY in value) {
    const rules = value[BROWSER_POLICY];
    return browserPolicyOf(typeof rules === 'string' ? parsed(rules) : rules);
  }
  if (Array.isArray(value) && value.some((rule) => isObject(rule) && 'patterns' in rule))
    return browserPolicyOf(value);
  const rule = isObject(value) && isObject(value.result) ? value.result : value;
  if (isObject(rule) && Array.isArray(rule.httpHeaderActionProfileKeys)) return zscalerProfile(rule);
  return isObject(rule) && isObject(rule.rule_settings) ? cloudflareRule(rule, rule.rule_settings) : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function browserPolicyOf(rules: unknown): ParsedConfig {
  const patterns: string[] = [];
  const headers: ParsedHeader[] = [];
  for (const rule of listOf(rules).filter(isObject)) {
    patterns.push(...texts(rule.patterns));
    for (const one of listOf(rule.headers).filter(isObject))
      headers.push({
        name: String(one.name ?? ''),
        value: String(one.value ?? ''),
        act: 'set',
        line: null,
      });
  }
  return {
    form: 'browser_policy',
    headers,
    removed: [],
    // Browsers ignore invalid patterns.
    hosts: patterns.filter((pattern) => !pattern.includes('*')).map(hostOfPattern),
    flaws: patterns
      .filter((pattern) => pattern.includes('*'))
      .map((found) => ({ code: 'bad_pattern', found, line: null })),
  };
}

/** A pattern without a leading dot matches the name and everything below it. */
function hostOfPattern(pattern: string): string {
  const host = pattern.replace(/^[a-z]+:\/\//, '').replace(/[:/].*$/, '');
  return host.startsWith('.') ? host.slice(1) : `.${host}`;
}

/** Only the profile: whether the client's header is replaced, and for which hosts, is configured elsewhere. */
function zscalerProfile(profile: Json): ParsedConfig {
  const headers = listOf(profile.httpHeaderActionProfileKeys)
    .filter(isObject)
    .map(
      ({ key, value }): ParsedHeader => ({
        name: String(key ?? ''),
        value: String(value ?? ''),
        act: 'unknown',
        line: null,
      }),
    );
  return { form: 'zscaler', headers, removed: [], hosts: null, flaws: [] };
}

function cloudflareRule(rule: Json, settings: Json): ParsedConfig {
  const of = (key: string, act: ParsedHeader['act']) =>
    Object.entries(isObject(settings[key]) ? settings[key] : {}).flatMap(([name, value]) =>
      (Array.isArray(value) ? texts(value) : [String(value)]).map(
        (one): ParsedHeader => ({ name, value: one, act, line: null }),
      ),
    );
  const traffic = typeof rule.traffic === 'string' ? rule.traffic : '';
  const action = String(rule.action ?? '');
  return {
    form: 'cloudflare',
    headers: [...of('set_headers', 'set'), ...of('add_headers', 'add')],
    removed: texts(settings.delete_headers),
    hosts: traffic === '' ? null : quotedNames(traffic),
    flaws: action === 'allow' ? [] : [{ code: 'wrong_action', found: action, line: null }],
  };
}

/** Quoted names; the end of an expression, such as `[.]claude[.]ai$`, means all names below it. */
function quotedNames(text: string): string[] {
  return [...text.matchAll(/"([^"]{1,200})"/g)].flatMap(([, quoted = '']) => {
    const name = quoted.replaceAll('[.]', '.').replaceAll('\\.', '.').replace(/\$$/, '');
    return /^\^?(?:\.\*)?(\.?[a-z0-9.-]+)$/i.exec(name)?.[1] ?? [];
  });
}

import { ownValue } from '../../model/own-value.ts';
import { mitmproxy } from './mitmproxy-form.ts';
import type { ConfigForm, HeaderAct, ParsedConfig, ParsedHeader } from './parsed-config.ts';

type Flaw = ParsedConfig['flaws'][number];
type Line = readonly [text: string, number: number];

/** Patterns that identify a program's configuration; the first match wins. */
const MARKS: readonly (readonly [ConfigForm, RegExp])[] = [
  ['mitmproxy', /^[ \t]*(?:from\s+mitmproxy\b|import\s+mitmproxy\b|modify_headers\s*:)|--modify-headers\b/m],
  ['fortigate', /^[ \t]*config\s+(?:web-proxy\s+profile|headers)\b/m],
  ['haproxy', /^[ \t]*(?:http-request\s+(?:set|add|del)-header|frontend|backend|listen)\b/m],
  ['squid', /^[ \t]*(?:request_header_(?:add|access)|ssl_bump|http_access|http_port)\b/m],
  ['zscaler', /\bzia_http_header_action_profile\b/],
  ['palo_alto', /\bscm_http_header_profile\b/],
  ['azure_firewall', /\bhttpHeadersToInsert\b/],
  ['envoy', /\b(?:request_headers_to_add|requestHeadersToAdd|virtual_hosts)\b/],
];

/** Reads a configuration in lines of text; null: not of a supported program. */
export function readTextForm(text: string): ParsedConfig | null {
  const form = MARKS.find(([, mark]) => mark.test(text))?.[0];
  if (form === undefined) return null;
  const lines = text.split(/\r?\n/).map((line, at): Line => [line, at + 1]);
  const kept = lines.filter(([line]) => !/^\s*(?:#|\/\/|;)/.test(line));
  return { form, ...READERS[form as keyof typeof READERS](kept) };
}

const READERS = {
  squid,
  haproxy,
  envoy,
  mitmproxy,
  fortigate,
  zscaler,
  palo_alto: paloAlto,
  azure_firewall: azureFirewall,
};

const words = (line: string) =>
  [...line.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '');

function squid(lines: readonly Line[]): Omit<ParsedConfig, 'form'> {
  const headers: ParsedHeader[] = [];
  const removed: string[] = [];
  const flaws: Flaw[] = [];
  const lists = new Map<string, { kind: string; values: string[] }>();
  const keys = new Set<string>();
  let bumps = false;
  let compared = false;
  let upgrade: string | null = null;
  for (const [line, at] of lines) {
    const [first = '', name = '', second = '', ...rest] = words(line);
    if (first === 'acl') {
      const values = lists.get(name)?.values ?? [];
      lists.set(name, { kind: second, values: [...values, ...rest.filter((one) => !one.startsWith('-'))] });
    } else if (first === 'request_header_add') {
      headers.push({ name, value: second, act: 'add', line: at });
      for (const key of rest) keys.add(key.replace(/^!/, ''));
    } else if (first === 'request_header_replace')
      headers.push({ name, value: second, act: 'set', line: at });
    else if (first === 'request_header_access' && second === 'deny') removed.push(name);
    else if (first === 'ssl_bump') bumps ||= name === 'bump' || name === 'server-first';
    else if (first === 'http_access' && name === 'deny')
      compared ||= [second, ...rest].some(
        (one) => one.startsWith('!') && lists.get(one.slice(1))?.kind === 'dstdomain',
      );
    else if (first === 'http_upgrade_request_protocols') {
      upgrade ??= name;
      if (name !== name.toLowerCase()) flaws.push({ code: 'websocket_case', found: name, line: at });
    }
  }
  const used = [...keys].flatMap((key) => lists.get(key) ?? []);
  if (used.some(({ kind }) => kind === 'dstdomain'))
    flaws.push({ code: 'goes_by_host', found: [...keys].join(' '), line: null });
  if (!bumps) flaws.push({ code: 'not_decrypted', found: 'ssl_bump', line: null });
  if (!compared) flaws.push({ code: 'host_not_compared', found: 'http_access', line: null });
  if (upgrade === null)
    flaws.push({ code: 'no_websocket', found: 'http_upgrade_request_protocols', line: null });
  return { headers, removed, hosts: used.length === 0 ? null : used.flatMap(({ values }) => values), flaws };
}

function haproxy(lines: readonly Line[]): Omit<ParsedConfig, 'form'> {
  const headers: ParsedHeader[] = [];
  const removed: string[] = [];
  const hosts: string[] = [];
  let compared = false;
  const flaws: Flaw[] = [];
  // Without a `mode`, HAProxy passes connections through; an excerpt may omit the defaults section that sets it.
  let general = lines.some(([line]) => /^\s*(?:global|defaults)\b/.test(line)) ? 'tcp' : 'http';
  let mode = general;
  let bound: Line | null = null;
  let set: Line | null = null;
  const endSection = () => {
    // In TCP mode, requests are not inspected, whatever the rules say.
    if (mode === 'tcp' && bound !== null)
      flaws.push({ code: 'http2_unread', found: bound[0], line: bound[1] });
    if (mode === 'tcp' && set !== null) flaws.push({ code: 'passed_on', found: set[0], line: set[1] });
    bound = null;
    set = null;
  };
  let section = '';
  for (const [line, at] of lines) {
    const [first, second = '', name = '', ...rest] = words(line);
    if (first !== undefined && /^(?:global|defaults|frontend|backend|listen)$/.test(first)) {
      endSection();
      section = first;
      mode = general;
    } else if (first === 'mode') {
      mode = second;
      if (section === 'defaults') general = second;
    } else if (first === 'bind' && /\balpn\s+\S*\bh2\b/.test(line)) bound = [line.trim(), at];
    if (first === 'http-request' && /^(?:set|add)-header$/.test(second)) {
      const value = (rest[0] ?? '').replace(/\\(.)/g, '$1');
      headers.push({ name, value, act: second === 'set-header' ? 'set' : 'add', line: at });
      set ??= [line.trim(), at];
    } else if (first === 'http-request' && second === 'del-header')
      removed.push(rest.includes('reg') ? `/${name}/` : name);
    compared ||= first === 'http-request' && second === 'deny' && /ssl_fc_sni|hdr\(host\)/i.test(line);
    if (/hdr\(host\)|ssl_fc_sni|hdr_(?:dom|end)\(host\)/i.test(line))
      hosts.push(
        ...[...line.matchAll(/(?<=\s)\.?(?:[a-z0-9-]+\.)+[a-z]{2,}(?=\s|$)/gi)].map(([host]) => host),
      );
  }
  endSection();
  if (!compared) flaws.push({ code: 'host_not_compared', found: 'http-request deny', line: null });
  return { headers, removed, hosts: hosts.length === 0 ? null : hosts, flaws };
}

const ENVOY_ACTS: Readonly<Record<string, HeaderAct>> = {
  OVERWRITE_IF_EXISTS_OR_ADD: 'set',
  OVERWRITE_IF_EXISTS: 'unknown',
  ADD_IF_ABSENT: 'absent',
  APPEND_IF_EXISTS_OR_ADD: 'add',
};

function envoy(lines: readonly Line[]): Omit<ParsedConfig, 'form'> {
  const headers: ParsedHeader[] = [];
  const removed: string[] = [];
  const hosts: string[] = [];
  for (const [at, [line, number]] of lines.entries()) {
    const key = /\bkey["']?:\s*["']?([\w-]+)/.exec(line)?.[1];
    if (key !== undefined) {
      const near = lines
        .slice(Math.max(0, at - 3), at + 4)
        .map(([one]) => one)
        .join('\n');
      const value = /\bvalue["']?:\s*["']?([^"'}\n]*)/.exec(
        lines
          .slice(at, at + 3)
          .map(([one]) => one)
          .join('\n'),
      )?.[1];
      const act = ownValue(ENVOY_ACTS, /append_?action["']?:\s*["']?([A-Z_]+)/i.exec(near)?.[1] ?? '');
      // Envoy appends by default; older configurations use `append: false` to replace.
      const older = /\bappend["']?:\s*(?:\{\s*value:\s*)?false/.test(near) ? 'set' : 'add';
      headers.push({ name: key, value: (value ?? '').trim(), act: act ?? older, line: number });
    }
    if (/request_?headers_?to_?remove/i.test(line))
      removed.push(...[...line.matchAll(/[a-z][a-z0-9]*(?:-[a-z0-9]+)+/g)].map(([name]) => name));
    if (/\bdomains["']?:/.test(line))
      hosts.push(
        ...[...line.matchAll(/["']([*a-z0-9.:-]+)["']/gi)].map(([, host = '']) => host.replace(/:\d+$/, '')),
      );
  }
  // The list of protocols is on the same line, or one per line below it.
  const offered = lines.find(
    ([line], at) =>
      /\balpn_?protocols\b/i.test(line) &&
      (/\bh2\b/.test(line) ||
        lines.slice(at + 1, at + 4).some(([one]) => /^[\s-]*["']?h2["']?,?\s*$/.test(one))),
  );
  const readsFirst = lines.some(([line]) => /\bcodec_?type["']?:\s*["']?HTTP1\b/i.test(line));
  return {
    headers,
    removed,
    hosts: hosts.length === 0 ? null : hosts,
    flaws:
      offered !== undefined && readsFirst
        ? [{ code: 'http2_unread', found: offered[0].trim(), line: offered[1] }]
        : [],
  };
}

function fortigate(lines: readonly Line[]): Omit<ParsedConfig, 'form'> {
  const headers: ParsedHeader[] = [];
  const removed: string[] = [];
  const hosts: string[] = [];
  let entry: Record<string, string> = {};
  let isFirstOnly = false;
  for (const [line, at] of lines) {
    const [first, key = '', ...rest] = words(line);
    if (first === 'edit') entry = { line: String(at) };
    else if (first === 'set' && key === 'fqdn') hosts.push(...rest);
    else if (first === 'set' && key === 'supported-alpn')
      isFirstOnly ||= rest[0] === 'http1-1' || rest[0] === 'none';
    else if (first === 'set') entry[key] = rest.join(' ');
    else if (first === 'next' && entry.name !== undefined && entry.action !== undefined) {
      if (entry.action.startsWith('remove')) removed.push(entry.name);
      else
        headers.push({
          name: entry.name,
          value: entry.content ?? '',
          act: entry['add-option'] === 'new-on-not-found' ? 'absent' : 'add',
          line: Number(entry.line),
        });
      entry = {};
    }
  }
  return {
    headers,
    removed,
    hosts: hosts.length === 0 ? null : hosts,
    flaws: isFirstOnly ? [] : [{ code: 'http2_unsure', found: 'set supported-alpn http1-1', line: null }],
  };
}

const assigned = (line: string, key: string) => new RegExp(`\\b${key}\\s*=\\s*"([^"]*)"`).exec(line)?.[1];

function pairs(lines: readonly Line[], nameKey: string): ParsedHeader[] {
  const found: ParsedHeader[] = [];
  let name: string | null = null;
  for (const [line, at] of lines) {
    name = assigned(line, nameKey) ?? name;
    const value = assigned(line, 'value');
    if (name === null || value === undefined) continue;
    found.push({ name, value, act: 'unknown', line: at });
    name = null;
  }
  return found;
}

function zscaler(lines: readonly Line[]): Omit<ParsedConfig, 'form'> {
  return { headers: pairs(lines, 'key'), removed: [], hosts: null, flaws: [] };
}

/** Bicep, or the JSON of Azure Resource Manager; both use the same names. */
function azureFirewall(lines: readonly Line[]): Omit<ParsedConfig, 'form'> {
  const text = lines.map(([line]) => line).join('\n');
  const headers = [
    ...text.matchAll(
      /\bheaderName["']?\s*:\s*["']([^"']*)["']\s*,?\s*["']?headerValue["']?\s*:\s*["']([^"']*)["']/g,
    ),
  ].map(
    ({ index, 1: name = '', 2: value = '' }): ParsedHeader => ({
      name,
      value,
      act: 'unknown',
      line: lines[text.slice(0, index).split('\n').length - 1]?.[1] ?? null,
    }),
  );
  const rules = [...text.matchAll(/\bhttpHeadersToInsert\b/g)].map(({ index }) => objectAround(text, index));
  const hosts = rules
    .flatMap((rule) => [...rule.matchAll(/\btarget(?:Fqdns|Urls)["']?\s*:\s*\[([^\]]*)\]/g)])
    .flatMap(([, list = '']) => [...list.matchAll(/["']([^"']+)["']/g)].map(([, host = '']) => host));
  const isDecrypted = rules.every((rule) => /\bterminateTLS["']?\s*:\s*true\b/.test(rule));
  return {
    headers,
    removed: [],
    hosts: hosts.length === 0 ? null : hosts,
    flaws: isDecrypted ? [] : [{ code: 'not_decrypted', found: 'terminateTLS', line: null }],
  };
}

/** Text of the braces around a position, which is one rule among several; the whole text if there are no braces. */
function objectAround(text: string, at: number): string {
  const edge = (step: 1 | -1, open: string, close: string): number => {
    let depth = 0;
    for (let index = at; index >= 0 && index < text.length; index += step) {
      if (text[index] === open) depth += 1;
      if (text[index] === close && depth === 0) return index;
      if (text[index] === close) depth -= 1;
    }
    return step === 1 ? text.length : 0;
  };
  return text.slice(edge(-1, '}', '{'), edge(1, '{', '}'));
}

function paloAlto(lines: readonly Line[]): Omit<ParsedConfig, 'form'> {
  const hosts = lines.flatMap(([line]) =>
    /\bdomains\s*=/.test(line) ? [...line.matchAll(/"([^"]+)"/g)].map(([, host = '']) => host) : [],
  );
  return {
    headers: pairs(lines, 'header'),
    removed: [],
    hosts: hosts.length === 0 ? null : hosts,
    flaws: lines.some(([line]) => /\bstrip_alpn\s*=\s*true\b/.test(line))
      ? []
      : [{ code: 'http2_unsure', found: 'strip_alpn', line: null }],
  };
}

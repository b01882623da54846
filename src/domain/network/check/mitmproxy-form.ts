import type { ParsedConfig, ParsedHeader } from './parsed-config.ts';

type Line = readonly [text: string, number: number];

const STRING = `["']([^"'\\n]*)["']`;
const SET = new RegExp(`headers\\[${STRING}\\]\\s*=(?!=)\\s*(?:${STRING}|([\\w.]+))`);
const ADDED = new RegExp(
  `headers\\.(?:add|insert)\\((?:\\s*\\d+\\s*,)?\\s*${STRING}\\s*,\\s*(?:${STRING}|([\\w.]+))`,
);
const REMOVED = new RegExp(`headers\\.pop\\(\\s*${STRING}|\\bdel\\s+[\\w.]*headers\\[${STRING}\\]`);
const HOST = /^\.?(?:[a-z0-9-]+\.)+[a-z]{2,}$/i;

/**
 * A mitmproxy script, or a line of its option `modify_headers`. A script is a program: only documented constructs are
 * recognized, and a value that is not a string literal counts as a placeholder.
 */
export function mitmproxy(lines: readonly Line[]): Omit<ParsedConfig, 'form'> {
  const headers: ParsedHeader[] = [];
  const removed: string[] = [];
  const hosts: string[] = [];
  const constants = new Map<string, string>();
  const text = lines.map(([line]) => line).join('\n');
  for (const [line, at] of lines) {
    const constant = new RegExp(`^\\s*(\\w+)\\s*=\\s*${STRING}\\s*$`).exec(line);
    if (constant !== null) constants.set(constant[1] ?? '', constant[2] ?? '');
    for (const [pattern, act] of [
      [SET, 'set'],
      [ADDED, 'add'],
    ] as const) {
      const found = pattern.exec(line);
      if (found === null) continue;
      const [, name = '', value, variable = ''] = found;
      headers.push({ name, value: value ?? constants.get(variable) ?? `<${variable}>`, act, line: at });
    }
    const gone = REMOVED.exec(line);
    if (gone !== null) removed.push(gone[1] ?? gone[2] ?? '');
    const option = optionOf(line);
    if (option !== null) {
      hosts.push(...option.hosts);
      if (option.value === '') removed.push(option.name);
      else headers.push({ name: option.name, value: option.value, act: 'set', line: at });
    }
  }
  removed.push(...removedInLoop(text));
  hosts.push(
    ...[...text.matchAll(new RegExp(STRING, 'g'))].flatMap(([, one = '']) => (HOST.test(one) ? one : [])),
  );
  const comparesSession = /\bsni\b/.test(text);
  return {
    headers,
    removed,
    hosts: hosts.length === 0 ? null : hosts,
    flaws: comparesSession ? [] : [{ code: 'host_not_compared', found: 'client_conn.sni', line: null }],
  };
}

/** Names in a list that a loop removes from the headers one by one. */
function removedInLoop(text: string): string[] {
  return [
    ...text.matchAll(
      /\bfor\s+(\w+)\s+in\s+(\w+)\s*:\s*\n\s*(?:[\w.]*headers\.pop\(\s*\1\b|del\s+[\w.]*headers\[\1\])/g,
    ),
  ].flatMap(([, , list = '']) => {
    const items = new RegExp(`^${list}\\s*=\\s*[([{]([^)\\]}]*)[)\\]}]`, 'm').exec(text)?.[1] ?? '';
    return [...items.matchAll(new RegExp(STRING, 'g'))].map(([, name = '']) => name);
  });
}

/** `modify_headers`: a separator, an optional filter, the name and the value. */
function optionOf(line: string) {
  const found = /(?:modify_headers\b.*?|--modify-headers\s+|^\s*-\s+)["']?(\/)(.*)$/s.exec(line);
  const parts = (found?.[2] ?? '').replace(/(?<!["'\]])["'\]]+\s*$/, '').split(found?.[1] ?? '/');
  const [filter = '', name = '', value = ''] = parts.length > 2 ? parts : ['', ...parts];
  if (found === null || !/^[a-z][\w-]*$/i.test(name)) return null;
  const hosts = [...filter.matchAll(/~d\s+["']?([^\s"'&|)]+)/g)].map(([, host = '']) =>
    host.replace(/^\^/, '').replace(/\$$/, '').replaceAll('\\.', '.'),
  );
  return { name, value, hosts };
}

import { hasSecret, shown } from './judge.ts';
import type { DeviceFinding, FindingLevel, LintedFile } from './lint.ts';
import type { ParsedDeviceFile } from './parsed-file.ts';
import type { DevicePlan } from './plan.ts';

/** Checks managed-mcp.json: each server against the charter's, and secrets that anyone using the device could read. */
export function lintServers(file: ParsedDeviceFile, plan: DevicePlan): LintedFile {
  const source = plan.product.files.find(({ format }) => format === 'mcp_json')?.sources[0]?.url ?? null;
  const list = file.settings.find(({ key }) => key === 'mcpServers')?.value;
  const servers = Object.entries(typeof list === 'object' && list !== null ? list : {});
  const findings: DeviceFinding[] = [];
  const holds: string[] = [];
  const say = (level: FindingLevel, key: string | null, says: string, act: string) =>
    findings.push({ level, key, says, do: act, source });
  for (const [name, server] of servers) {
    const one =
      typeof server === 'object' && server !== null ? (server as { url?: unknown; command?: unknown }) : {};
    const before = findings.length;
    if (typeof one.url === 'string') ofUrl(name, one.url, plan, say);
    else if (typeof one.command === 'string')
      say(
        plan.local === 'no' ? 'departs' : 'note',
        name,
        plan.local === 'no'
          ? 'The charter does not allow servers on people’s own computers, and this one runs there.'
          : 'It runs on the person’s own computer, with the person’s rights.',
        plan.local === 'no'
          ? 'Remove it, or change the charter.'
          : 'Know what the program does and who keeps it up to date.',
      );
    else
      say(
        'form',
        name,
        'It has neither an address (url) nor a command.',
        'Give it one of the two, or remove it.',
      );
    if (hasSecret(one))
      say(
        'weak',
        name,
        'It contains a token or password in plain text, and everyone with access to the device can read the file.',
        // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how the file names a variable
        'Write ${NAME} and give the variable to the device in another way, or let people sign in to the server.',
      );
    if (findings.length === before) holds.push(name);
  }
  for (const { name, id, url } of plan.servers)
    if (url !== null && !servers.some(([, one]) => same((one as { url?: unknown } | null)?.url, url)))
      say(
        'note',
        id,
        `The charter approves ${name}, and it is not in the file. No one can use it from Claude Code.`,
        'Add it if it should be used there.',
      );
  for (const { key } of file.settings)
    if (key !== 'mcpServers' && key !== '$schema')
      say(
        'unknown',
        key,
        'The file holds servers under “mcpServers” and nothing else.',
        'Move it to managed-settings.json, or remove it.',
      );
  return { findings, holds, settings: servers.length };
}

function ofUrl(
  name: string,
  url: string,
  plan: DevicePlan,
  say: (level: FindingLevel, key: string, says: string, act: string) => void,
): void {
  if (/^http:/i.test(url))
    say(
      'weak',
      name,
      `The address ${shown(url)} is not encrypted.`,
      'Use an address that starts with https.',
    );
  const own = plan.servers.find((one) => one.url !== null && same(url, one.url));
  if (own === undefined) {
    if (plan.charterNamesConnectors)
      say(
        'departs',
        name,
        `The charter approves no server with the address ${shown(url)}.`,
        'Remove it, or have it approved in the charter with its address (url).',
      );
    return;
  }
  if (own.id !== name)
    say(
      'fault',
      name,
      `The rules for its tools go by the name ${own.id}; under this name none of them counts.`,
      `Name it ${own.id}.`,
    );
}

function same(a: unknown, b: string): boolean {
  return typeof a === 'string' && a.replace(/\/$/, '').toLowerCase() === b.replace(/\/$/, '').toLowerCase();
}

import { isObject, type JsonObject, text as textOf } from '../exports/kinds/json-values.ts';
import { type DnsAnswer, type DnsText, domainName } from './answer.ts';

const FAILED = /Resolve-DnsName\s*:\s*(\S+)\s*:\s*(.+)$/im;

/** Output of `Resolve-DnsName -Type TXT domain`, as a table or a list. */
export function looksLikePowerShell(text: string): boolean {
  return (
    /^Name\s+Type\s+TTL\s+Section\s+(Strings|PrimaryServer)/m.test(text) ||
    /^Strings\s*:\s*\{/m.test(text) ||
    /^Name\s*:\s*\S+\s*\r?\n(?:QueryType|Type)\s*:\s*(TXT|SOA)/m.test(text) ||
    FAILED.test(text)
  );
}

export function readPowerShell(text: string): DnsText {
  const answers: DnsAnswer[] = [];
  let trouble: DnsText['trouble'] = null;
  const lines = text.split(/\r\n|\n|\r/);
  const strings = (domain: string, braces: string, line: number): void => {
    const inner = /^\{(.*)\}$/s.exec(braces.trim())?.[1];
    if (inner === undefined || /\.\.\.$|…$/.test(inner)) {
      trouble ??= {
        says: 'A value is cut off at the edge of the window. Save it with: Resolve-DnsName -Type TXT yourdomain | ConvertTo-Json.',
        line,
      };
      return;
    }
    add(answers, domain, 'answer', [inner.replaceAll(', ', '')], line);
  };
  for (let index = 0; index < lines.length; index += 1) {
    const written = lines[index] ?? '';
    const line = index + 1;
    const failed = FAILED.exec(written);
    if (failed) {
      add(answers, failed[1] ?? '', failureOf(failed[2] ?? ''), [], line);
      continue;
    }
    const row = /^(\S+)\s+TXT\s+\d+\s+\w+\s+(\{.*)$/.exec(written);
    if (row) {
      strings(row[1] ?? '', row[2] ?? '', line);
      continue;
    }
    const authority = /^(\S+)\s+SOA\s+\d+\s+\w+\s+/.exec(written);
    if (authority) {
      add(answers, authority[1] ?? '', 'no_record', [], line);
      continue;
    }
    const name = /^Name\s*:\s*(\S+)\s*$/.exec(written);
    if (name)
      readEntry(lines, index, domainName(name[1] ?? ''), {
        strings,
        authority: (domain) => add(answers, domain, 'no_record', [], line),
      });
  }
  return { answers, day: null, trouble };
}

/** An entry in list form: `Key : value` lines up to an empty one; long values continue on indented lines. */
function readEntry(
  lines: readonly string[],
  start: number,
  domain: string,
  to: { strings(domain: string, braces: string, line: number): void; authority(domain: string): void },
): void {
  const fields = new Map<string, string>();
  let last = '';
  for (let index = start; index < lines.length && (lines[index] ?? '').trim() !== ''; index += 1) {
    const written = lines[index] ?? '';
    const field = /^(\w+)\s*:\s?(.*)$/.exec(written);
    if (field) {
      last = (field[1] ?? '').toLowerCase();
      fields.set(last, (field[2] ?? '').trim());
    } else if (/^\s+\S/.test(written)) {
      fields.set(last, `${fields.get(last) ?? ''}${written.trim()}`);
    }
  }
  const strings = fields.get('strings');
  const type = (fields.get('type') ?? fields.get('querytype') ?? '').toUpperCase();
  if (strings !== undefined) to.strings(domain, strings, start + 1);
  else if (type === 'SOA' || fields.has('primaryserver')) to.authority(domain);
}

/** Output of `Resolve-DnsName … | ConvertTo-Json`: an object or an array; 16 is TXT, 6 is SOA. */
export function readPowerShellJson(value: unknown): DnsText | null {
  const entries = (Array.isArray(value) ? value : [value]).filter(isObject);
  const relevant = entries.filter(
    (entry) => Array.isArray(entry.Strings) || 'PrimaryServer' in entry || 'NameAdministrator' in entry,
  );
  if (relevant.length === 0 || !relevant.every((entry) => textOf(entry.Name) !== null)) return null;
  const answers: DnsAnswer[] = [];
  relevant.forEach((entry: JsonObject, index) => {
    const parts = Array.isArray(entry.Strings)
      ? entry.Strings.filter((part): part is string => typeof part === 'string')
      : null;
    if (parts) add(answers, textOf(entry.Name) ?? '', 'answer', [parts.join('')], index + 1);
    else add(answers, textOf(entry.Name) ?? '', 'no_record', [], index + 1);
  });
  return { answers, day: null, trouble: null };
}

function add(
  answers: DnsAnswer[],
  domain: string,
  outcome: DnsAnswer['outcome'],
  txt: readonly string[],
  line: number,
): void {
  const name = domainName(domain);
  const at = answers.findIndex((one) => one.domain === name);
  const before = answers[at];
  if (!before) answers.push({ domain: name, outcome, txt, resolver: null, line });
  else if (before.outcome === 'answer' && outcome === 'answer')
    answers[at] = { ...before, txt: [...before.txt, ...txt] };
  else if (outcome === 'answer') answers[at] = { ...before, outcome, txt };
}

function failureOf(words: string): DnsAnswer['outcome'] {
  if (/does not exist/i.test(words)) return 'nxdomain';
  if (/refused/i.test(words)) return 'refused';
  if (/time-?out|timed out/i.test(words)) return 'timeout';
  return /no records/i.test(words) ? 'no_record' : 'servfail';
}

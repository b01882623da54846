/** An event in CEF or LEEF, the two formats in which products of all vendors send events to a log collector. */
export interface EventLine {
  readonly vendor: string;
  readonly product: string;
  /** The vendor's name or number of the kind of event. */
  readonly name: string;
  /** What stands before the event on its line: priority, time and host of a syslog server; empty: nothing. */
  readonly before: string;
  /** Fields by key in lower case. Of a key that comes again, the first counts: later text may be of strangers. */
  readonly fields: ReadonlyMap<string, string>;
}

/** Where an event starts. A syslog server writes at most a few hundred characters before it. */
const START = /^(.{0,400}?)\b(CEF|LEEF): ?(\d)(?:\.\d)?\|/;
/** Fields of a header after its version: of CEF up to the severity, of LEEF up to the event's id. */
const HEADER = { CEF: 6, LEEF: 4 } as const;

/**
 * Parses a line of CEF (OpenText, “ArcSight Common Event Format”) or LEEF (IBM, “QRadar Log Event Extended Format”).
 * null: another line, or one whose header is cut off.
 */
export function eventLine(line: string): EventLine | null {
  const start = START.exec(line);
  if (start === null) return null;
  const [whole, before = '', kind, version] = start;
  const isCef = kind === 'CEF';
  const header = headerOf(line.slice(whole.length), HEADER[isCef ? 'CEF' : 'LEEF']);
  if (header === null) return null;
  const [vendor = '', product = '', , id = '', name = ''] = header.parts;
  return {
    vendor,
    product,
    name: (isCef ? name : '') || id,
    before,
    fields: isCef ? byKeys(header.rest) : ofLeef(header.rest, version === '2'),
  };
}

/** The parts of a header, in which a backslash escapes a bar and itself; null: too few. */
function headerOf(
  text: string,
  count: number,
): { readonly parts: readonly string[]; readonly rest: string } | null {
  const parts: string[] = [];
  let part = '';
  for (let at = 0; at < text.length; at += 1) {
    const mark = text.charAt(at);
    const next = text.charAt(at + 1);
    if (mark === '\\' && (next === '|' || next === '\\')) {
      part += next;
      at += 1;
    } else if (mark !== '|') part += mark;
    else {
      parts.push(part.trim());
      part = '';
      if (parts.length === count) return { parts, rest: text.slice(at + 1) };
    }
  }
  // Some products leave out the last bar if no field follows it.
  return parts.length === count - 1 ? { parts: [...parts, part.trim()], rest: '' } : null;
}

/** Fields separated by spaces, in which a value may contain spaces and, escaped, equal signs. */
function byKeys(text: string): ReadonlyMap<string, string> {
  const keys = [...text.matchAll(/(?:^|\s)([A-Za-z][\w.-]{0,80}(?:\[\d{1,4}\])?)=/g)];
  const fields = new Map<string, string>();
  for (const [index, found] of keys.entries()) {
    const value = text.slice(found.index + found[0].length, keys[index + 1]?.index);
    put(fields, found[1] ?? '', unescaped(value));
  }
  return fields;
}

function unescaped(value: string): string {
  return value.trim().replace(/\\([\\=|nr])/g, (_, mark: string) => (/[nr]/.test(mark) ? ' ' : mark));
}

/**
 * Fields separated by tabs or, in version 2, by a character that the header may name, itself or by its code. Where
 * copying has turned the tabs into spaces, the keys separate the fields; a syslog server may write a tab as `#011`.
 */
function ofLeef(text: string, isSecond: boolean): ReadonlyMap<string, string> {
  const stated = isSecond ? /^([^|=]{0,6})\|/.exec(text) : null;
  const body = stated === null ? text : text.slice(stated[0].length);
  const mark = separatorOf(stated?.[1] ?? '');
  const parts = body.replaceAll('#011', '\t').split(mark);
  if (mark === ' ' || parts.length < 3) return byKeys(body);
  const fields = new Map<string, string>();
  for (const part of parts) {
    const at = part.indexOf('=');
    if (at > 0) put(fields, part.slice(0, at).trim(), part.slice(at + 1).trim());
  }
  return fields;
}

function separatorOf(stated: string): string {
  const code = /^(?:0x|x)([\da-f]{1,4})$/i.exec(stated)?.[1];
  if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
  return stated.length === 1 ? stated : '\t';
}

function put(fields: Map<string, string>, key: string, value: string): void {
  const name = key.toLowerCase();
  if (!fields.has(name)) fields.set(name, value);
}

import { IcapProblem } from './problem.ts';

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/u;
const MAX_HEADERS = 200;

/** Headers by lower-case name; repeated ones are joined with commas. */
export type Headers = ReadonlyMap<string, string>;

export interface IcapHead {
  readonly method: string;
  /** Path of the ICAP URI without the leading slash and the query. */
  readonly service: string;
  readonly headers: Headers;
}

/** An encapsulated HTTP request, as it describes itself. */
export interface HttpHead {
  readonly method: string;
  /** Request target as written by the proxy: absolute, or with the host only in the header. */
  readonly target: string;
  readonly headers: Headers;
}

const bad = (message: string) => new IcapProblem('bad_request', message);

/** Parses the head of an ICAP request, up to the empty line. Throws {@link IcapProblem}. */
export function icapHead(bytes: Buffer): IcapHead {
  const [first = '', ...lines] = linesOf(bytes);
  const [, method, address, version] = /^(\S+) (\S+) (ICAP\/\d\.\d)$/u.exec(first) ?? [];
  if (method === undefined || address === undefined) throw bad('its first line is none of ICAP');
  if (version !== 'ICAP/1.0') throw new IcapProblem('bad_version', 'it speaks another version');
  const [, path = ''] =
    /^icaps?:\/\/[^/?#]+\/?([^?#]*)/iu.exec(address) ?? /^\/([^?#]*)/u.exec(address) ?? [];
  return { method, service: path, headers: headersOf(lines, ['encapsulated', 'preview']) };
}

/** Parses the head of an HTTP request. Throws {@link IcapProblem}. */
export function httpHead(bytes: Buffer): HttpHead {
  const [first = '', ...lines] = linesOf(bytes);
  const [, method, target] = /^(\S+) (\S+) HTTP\/\d\.\d$/u.exec(first) ?? [];
  if (method === undefined || target === undefined) throw bad('what it holds is no request');
  return { method, target, headers: headersOf(lines, ['content-type', 'host']) };
}

function linesOf(bytes: Buffer): string[] {
  if (bytes.indexOf('\r\n\r\n') !== bytes.length - 4) throw bad('a head does not end where it says');
  return bytes.toString('latin1', 0, bytes.length - 4).split('\r\n');
}

/** @param once headers that must not be repeated, because two of them would be ambiguous */
function headersOf(lines: readonly string[], once: readonly string[]): Headers {
  if (lines.length > MAX_HEADERS) throw new IcapProblem('too_large', 'it has too many headers');
  const headers = new Map<string, string>();
  for (const line of lines) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon));
    if (!TOKEN.test(name)) throw bad('a header has no name');
    const key = name.toLowerCase();
    const before = headers.get(key);
    if (before !== undefined && once.includes(key)) throw bad(`it has ${name} twice`);
    const value = line.slice(colon + 1).trim();
    headers.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return headers;
}

/** Length of the HTTP head, and whether a body follows. */
export interface Encapsulated {
  readonly headBytes: number;
  readonly hasBody: boolean;
}

/** Maximum size of an HTTP head in bytes. */
const MAX_HTTP_HEAD = 128 * 1024;

/** Parses the `Encapsulated` header of REQMOD (RFC 3507, section 4.4.1). Throws {@link IcapProblem}. */
export function encapsulated(value: string | undefined): Encapsulated {
  const [, body, length] = /^req-hdr=0\s*,\s*(req-body|null-body)=(\d{1,9})$/iu.exec(value ?? '') ?? [];
  if (body === undefined || length === undefined) throw bad('it does not say what it holds');
  const headBytes = Number(length);
  if (headBytes > MAX_HTTP_HEAD) throw new IcapProblem('too_large', 'the head that it holds is too long');
  if (headBytes < 18) throw bad('the head that it holds is too short');
  return { headBytes, hasBody: body.toLowerCase() === 'req-body' };
}

/** Preview size that a client announces; null: it sends everything at once. Throws {@link IcapProblem}. */
export function previewOf(headers: Headers): number | null {
  const value = headers.get('preview');
  if (value === undefined) return null;
  if (!/^\d{1,7}$/u.test(value)) throw bad('its preview is no number');
  return Number(value);
}

/** Whether a client accepts 204 ("no modifications"). */
export const allows204 = (headers: Headers) =>
  (headers.get('allow') ?? '').split(',').some((one) => one.trim() === '204');

import { IcapProblem } from './problem.ts';

const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/u;
const MAX_HEADERS = 200;

/** Headers by their name in small letters; several of one name with commas between. */
export type Headers = ReadonlyMap<string, string>;

export interface IcapHead {
  readonly method: string;
  /** What is behind the host of the address, without the first slash and what follows a question mark. */
  readonly service: string;
  readonly headers: Headers;
}

/** A request of HTTP that a proxy was given, as it names itself. */
export interface HttpHead {
  readonly method: string;
  /** As a proxy writes it, with the host, or without where only the header has it. */
  readonly target: string;
  readonly headers: Headers;
}

const bad = (message: string) => new IcapProblem('bad_request', message);

/** Takes the head of a request apart, from its line to the empty one. Throws {@link IcapProblem}. */
export function icapHead(bytes: Buffer): IcapHead {
  const [first = '', ...lines] = linesOf(bytes);
  const [, method, address, version] = /^(\S+) (\S+) (ICAP\/\d\.\d)$/u.exec(first) ?? [];
  if (method === undefined || address === undefined) throw bad('its first line is none of ICAP');
  if (version !== 'ICAP/1.0') throw new IcapProblem('bad_version', 'it speaks another version');
  const [, path = ''] =
    /^icaps?:\/\/[^/?#]+\/?([^?#]*)/iu.exec(address) ?? /^\/([^?#]*)/u.exec(address) ?? [];
  return { method, service: path, headers: headersOf(lines, ['encapsulated', 'preview']) };
}

/** Takes the head of a request of HTTP apart. Throws {@link IcapProblem}. */
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

/** @param once names that may come once only: two of them would be read in two ways */
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

/** How long the head of HTTP is, and whether a body follows it. */
export interface Encapsulated {
  readonly headBytes: number;
  readonly hasBody: boolean;
}

/** Largest head of HTTP that is taken, in bytes. */
const MAX_HTTP_HEAD = 128 * 1024;

/** Reads what a request to change a request holds (RFC 3507, section 4.4.1). Throws {@link IcapProblem}. */
export function encapsulated(value: string | undefined): Encapsulated {
  const [, body, length] = /^req-hdr=0\s*,\s*(req-body|null-body)=(\d{1,9})$/iu.exec(value ?? '') ?? [];
  if (body === undefined || length === undefined) throw bad('it does not say what it holds');
  const headBytes = Number(length);
  if (headBytes > MAX_HTTP_HEAD) throw new IcapProblem('too_large', 'the head that it holds is too long');
  if (headBytes < 18) throw bad('the head that it holds is too short');
  return { headBytes, hasBody: body.toLowerCase() === 'req-body' };
}

/** Bytes that a client sends before it waits; null: it sends everything at once. Throws {@link IcapProblem}. */
export function previewOf(headers: Headers): number | null {
  const value = headers.get('preview');
  if (value === undefined) return null;
  if (!/^\d{1,7}$/u.test(value)) throw bad('its preview is no number');
  return Number(value);
}

/** Whether a client can be answered that nothing changes. */
export const allows204 = (headers: Headers) =>
  (headers.get('allow') ?? '').split(',').some((one) => one.trim() === '204');

import type { DnsRow } from '#domain/model/kinds.ts';
import { asciiDomain } from '#domain/text/domain-name.ts';

/** What one question brought, before it is tied to a file. `domain` is null where the text does not name it. */
export interface DnsAnswer {
  readonly domain: string | null;
  readonly outcome: DnsRow['outcome'];
  readonly txt: readonly string[];
  readonly resolver: string | null;
  readonly line: number;
  /** The value that was looked for, where the file says. */
  readonly expected?: string | null;
}

/** What a saved text holds: its answers, the day that it states, and why something in it cannot be used. */
export interface DnsText {
  readonly answers: readonly DnsAnswer[];
  /** Day that the answer states as its own date, YYYY-MM-DD. */
  readonly day: string | null;
  readonly trouble: { readonly says: string; readonly line: number } | null;
  /** Records below an answer to a question for another name, which belong to none of the answers. */
  readonly leftOut?: readonly { readonly domain: string; readonly line: number }[];
}

/** Lower case, without the dot at the end. */
export function domainName(written: string): string {
  return asciiDomain(written);
}

/** A DNS name as people write it; addresses of machines are none. */
export function isDomain(written: string): boolean {
  return /^(?=.{3,253}\.?$)(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z][a-z0-9-]+\.?$/i.test(
    asciiDomain(written),
  );
}

/**
 * The strings of a TXT record as one text: quoted parts are joined without a blank, `\"` and `\ddd` are read as the
 * characters that they stand for. null when the text is not made of quoted strings.
 */
export function joinQuoted(written: string): string | null {
  let joined = '';
  let rest = written.trim();
  if (!rest.startsWith('"')) return null;
  while (rest !== '') {
    const part = /^"((?:[^"\\]|\\[\s\S])*)"\s*/.exec(rest);
    if (!part) return null;
    joined += (part[1] ?? '').replace(/\\(\d{3}|[\s\S])/g, (_, code: string) =>
      code.length === 3 ? String.fromCharCode(Number(code) & 0xff) : code,
    );
    rest = rest.slice(part[0].length);
  }
  return joined;
}

/**
 * One answer per domain. A definite answer stands over a failure of another try; two definite answers that differ are
 * both kept, since nobody can tell from the text which one is right.
 */
export function settle(answers: readonly DnsAnswer[]): DnsAnswer[] {
  const kept: DnsAnswer[] = [];
  for (const answer of answers) {
    const same = kept.findIndex(
      (one) =>
        one.domain === answer.domain && (!isDefinite(one) || !isDefinite(answer) || equal(one, answer)),
    );
    const before = kept[same];
    if (!before) kept.push(answer);
    else if (!isDefinite(before) && isDefinite(answer)) kept[same] = answer;
  }
  return kept;
}

function isDefinite(answer: DnsAnswer): boolean {
  return answer.outcome === 'answer' || answer.outcome === 'nxdomain' || answer.outcome === 'no_record';
}

function equal(a: DnsAnswer, b: DnsAnswer): boolean {
  return a.outcome === b.outcome && [...a.txt].sort().join('\n') === [...b.txt].sort().join('\n');
}

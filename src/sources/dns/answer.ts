import type { DnsRow } from '#domain/model/kinds.ts';
import { asciiDomain } from '#domain/text/domain-name.ts';

/** Result of one query, before it is assigned to a file. `domain` null: not in the text. */
export interface DnsAnswer {
  readonly domain: string | null;
  readonly outcome: DnsRow['outcome'];
  readonly txt: readonly string[];
  readonly resolver: string | null;
  readonly line: number;
  /** The value looked for, if the file states it. */
  readonly expected?: string | null;
}

/** A parsed text: its answers, its date, and why something in it is unusable. */
export interface DnsText {
  readonly answers: readonly DnsAnswer[];
  /** Date stated in the text, YYYY-MM-DD. */
  readonly day: string | null;
  readonly trouble: { readonly says: string; readonly line: number } | null;
  /** Records below an answer to a query for another name, which belong to no answer. */
  readonly leftOut?: readonly { readonly domain: string; readonly line: number }[];
}

/** Lowercase, without the trailing dot. */
export function domainName(written: string): string {
  return asciiDomain(written);
}

/** Whether a text is a DNS name as people write it; IP addresses are not. */
export function isDomain(written: string): boolean {
  return /^(?=.{3,253}\.?$)(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z][a-z0-9-]+\.?$/i.test(
    asciiDomain(written),
  );
}

/**
 * Joins the strings of a TXT record: quoted parts are concatenated, `\"` and `\ddd` are unescaped. null: not made of
 * quoted strings.
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
 * Reduces to one answer per domain. A definite answer outweighs a failed try; two different definite answers are both
 * kept, because the text does not show which one is right.
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

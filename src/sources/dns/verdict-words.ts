import type { DnsRow } from '#domain/model/kinds.ts';
import { recordValue, TXT_PREFIX, wantedValues } from '#domain/rules/accounts/dns-records.ts';
import { count, names, verb } from '#domain/text/words.ts';
import type { DomainAnswers, ServerAnswer } from './servers.ts';

export interface DomainFinding {
  /** null: undetermined. */
  readonly found: boolean | null;
  readonly words: string;
}

type Judged = 'found' | 'missing' | 'unanswered';

/**
 * Finding from several servers' answers about a domain. Servers that disagree prove nothing. If the value that Claude
 * shows is known, no other counts.
 */
export function findingOf(
  { domain, answers, noAuthority }: DomainAnswers,
  expected: string | null = null,
): DomainFinding {
  const by = Map.groupBy(answers, (answer) => judge(answer, expected));
  const found = by.get('found') ?? [];
  const missing = by.get('missing') ?? [];
  const silent = by.get('unanswered') ?? [];
  const after = [silent.length === 0 ? '' : `${silentWords(silent)}.`, noAuthority ?? '']
    .filter((part) => part !== '')
    .join(' ');
  const finding = (is: boolean | null, words: string): DomainFinding => ({
    found: is,
    words: `${words} ${after}`.trim(),
  });
  if (found.length > 0 && missing.length > 0)
    return finding(
      null,
      `The servers disagree: ${who(found)} ${verb(found.length, 'has', 'have')} the record, ${who(missing)} ${verb(missing.length, 'does', 'do')} not. That proves nothing; a change in DNS can take two days to reach everyone, so look again later.`,
    );
  if (found.length > 0)
    return finding(
      true,
      `The record is at ${who(found)}. ${expected === null ? valueWords(found) : `Its value is the one that Claude shows, ${expected}.`}`.trim(),
    );
  if (missing.length > 0)
    return finding(false, otherWords(missing, expected) ?? missingWords(domain, missing));
  return finding(null, 'No server gave an answer that can be used.');
}

function judge({ outcome, txt }: ServerAnswer, expected: string | null): Judged {
  if (outcome === 'nxdomain' || outcome === 'no_record') return 'missing';
  if (outcome !== 'answer') return 'unanswered';
  return wantedValues({ txt, expected }).length > 0 ? 'found' : 'missing';
}

/** About an existing record with another value than Claude shows: an older or mistyped one. */
function otherWords(missing: readonly ServerAnswer[], expected: string | null): string | null {
  const others = [...new Set(missing.flatMap(({ txt }) => txt.flatMap((text) => recordValue(text) ?? [])))];
  return expected === null || others.length === 0
    ? null
    : `There is a record for Claude, and its value is another: ${names(others, 4)}. Claude shows ${expected}; publish that one.`;
}

const SILENT: Readonly<Record<DnsRow['outcome'], string>> = {
  timeout: 'did not answer in time',
  servfail: 'failed (SERVFAIL)',
  refused: 'refused the question',
  answer: 'answered',
  no_record: 'answered',
  nxdomain: 'answered',
};

function silentWords(answers: readonly ServerAnswer[]): string {
  return [...Map.groupBy(answers, ({ outcome }) => outcome)]
    .map(([outcome, some]) => `${who(some)} ${SILENT[outcome]}`)
    .join(', ');
}

function who(answers: readonly ServerAnswer[]): string {
  return names(
    answers.map(({ name, server }) => name ?? server),
    6,
  );
}

/** Remark on how the record is written, if that may prevent Claude from accepting it. */
function valueWords(found: readonly ServerAnswer[]): string {
  const values = found.map(({ txt }) => new Set(txt.flatMap((text) => recordValue(text) ?? [])));
  const all = new Set(values.flatMap((set) => [...set]));
  const quoted = found.some(({ txt }) =>
    txt.some((text) => text.startsWith('"') && recordValue(text) !== null),
  );
  if (quoted) return 'The value is in quotation marks that are part of the record; publish it without them.';
  if (all.size === 1) return `Its value is ${[...all][0]}.`;
  return values.every((set) => set.size === all.size)
    ? `It is there with ${count(all.size, 'value')}: ${names([...all], 4)}. Claude looks for the one that it shows you.`
    : `Not every server has the same values (${names([...all], 4)}), so a change is under way. Look again later.`;
}

function missingWords(domain: string, missing: readonly ServerAnswer[]): string {
  const texts = new Set(missing.flatMap(({ txt }) => txt));
  const near = [...texts].find((text) => text.toLowerCase().includes('anthropic-domain'));
  if (near !== undefined)
    return `${nearWords(near)} ${who(missing)} ${verb(missing.length, 'has', 'have')} it so.`;
  const outcomes = new Set(missing.map(({ outcome }) => outcome));
  if (outcomes.size === 1 && outcomes.has('nxdomain'))
    return `The name ${domain} does not exist in DNS (NXDOMAIN), say ${who(missing)}.`;
  if (outcomes.size === 1 && outcomes.has('no_record'))
    return `${domain} has no TXT record at all, say ${who(missing)}.`;
  if (outcomes.size > 1)
    return `None of ${who(missing)} has the record; they differ on whether there is any other TXT record.`;
  return `${domain} has ${count(texts.size, 'TXT record')}, none of them for Claude, say ${who(missing)}.`;
}

function nearWords(text: string): string {
  const bare = text.trim().replace(/^"|"$/g, '');
  if (bare === TXT_PREFIX)
    return 'A record contains only the beginning of the value; publish the whole value as one record.';
  if (bare.toLowerCase().startsWith(TXT_PREFIX))
    return 'A record looks like it, but capitals differ; publish the value exactly as shown.';
  return 'A record mentions the value among other words; publish the value alone, as a record of its own.';
}

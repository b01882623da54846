import { looksGenerated } from './bodies.ts';
import type { Finding, Rank } from './finding.ts';
import type { RuleOf } from './rules.ts';

/** A word, a sign and a long value, where nothing before or after it makes it part of an address, a path or a name. */
const FORM =
  /(?<![\w./?&#%@+~$-]|[?&;][\w.-]{1,40}=)([a-z](?:[a-z]{0,14}|[a-z0-9]{1,4}))[_-]([A-Za-z0-9_-]{30,400})(?![\w/+-]|={1,2}[\w"']|[.@:]\w)/uy;

/** Characters of a run from its start in which such a value may begin behind a sign that assigns it. */
const ASSIGNED_WITHIN = 60;

/** Characters without a sign that the value has: fewer where large and small letters mix, as those of words seldom do. */
const MIXED = 16;
const PLAIN = 28;

/**
 * Finds keys of providers that no rule knows, by the form that providers give their keys: a word that says whose it is,
 * and a generated value. `start` is that of a run of characters without a blank.
 */
export function findGenerated(
  text: string,
  start: number,
  rule: RuleOf<'generated'>,
  add: (finding: Finding, rank: Rank) => void,
): void {
  const head = text.slice(start, start + ASSIGNED_WITHIN);
  // At its start and behind each `=` of its first characters.
  for (let from = 0; from !== -1; from = nextAfter(head, '=', from)) {
    const at = start + from;
    FORM.lastIndex = at;
    const [all = '', word = '', value = ''] = FORM.exec(text) ?? [];
    if (all !== '' && !rule.not.includes(word) && isGenerated(value)) {
      add(
        {
          rule: rule.id,
          group: rule.group,
          start: at,
          end: at + all.length,
          confidence: 'medium',
          because: { check: 'own_form', near: null, heading: null, distance: null },
        },
        { distance: 1, word: 0 },
      );
      return;
    }
  }
}

/** The place behind the next such sign; -1: there is none. */
function nextAfter(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from);
  return at === -1 ? -1 : at + 1;
}

function isGenerated(value: string): boolean {
  const longest = value.split(/[_-]/u).reduce((a, b) => (b.length > a.length ? b : a));
  const mixes = /[a-z]/u.test(longest) && /[A-Z]/u.test(longest);
  return longest.length >= (mixes ? MIXED : PLAIN) && looksGenerated(longest);
}

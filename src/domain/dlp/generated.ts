import { looksGenerated } from './bodies.ts';
import type { Finding, Rank } from './finding.ts';
import type { RuleOf } from './rules.ts';

/** A word, a separator and a long value, not within a URL, a path or a name. */
const FORM =
  /(?<![\w./?&#%@+~$-]|[?&;][\w.-]{1,40}=)([a-z](?:[a-z]{0,14}|[a-z0-9]{1,4}))[_-]([A-Za-z0-9_-]{30,400})(?![\w/+-]|={1,2}[\w"']|[.@:]\w)/uy;

/** Characters from the start of a run in which such a value may follow an assignment. */
const ASSIGNED_WITHIN = 60;

/** Minimum length of the value between separators: shorter for mixed case, which is rare in words. */
const MIXED = 16;
const PLAIN = 28;

/**
 * Finds keys of unknown providers by their typical form: a word that identifies the issuer, and a generated value.
 * `start` is that of a run without spaces.
 */
export function findGenerated(
  text: string,
  start: number,
  rule: RuleOf<'generated'>,
  add: (finding: Finding, rank: Rank) => void,
): void {
  const head = text.slice(start, start + ASSIGNED_WITHIN);
  // At its start, and after each `=` among its first characters.
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

/** Position after the next such character; -1: none. */
function nextAfter(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from);
  return at === -1 ? -1 : at + 1;
}

function isGenerated(value: string): boolean {
  const longest = value.split(/[_-]/u).reduce((a, b) => (b.length > a.length ? b : a));
  const mixes = /[a-z]/u.test(longest) && /[A-Z]/u.test(longest);
  return longest.length >= (mixes ? MIXED : PLAIN) && looksGenerated(longest);
}

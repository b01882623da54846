import type { Finding } from './finding.ts';
import type { RuleOf } from './rules.ts';

const LOCAL = /[\p{L}\d.!#$%&'*/=?^_`{|}~+-]/u;
const DOMAIN = /(?:[\p{L}\d](?:[\p{L}\d-]{0,61}[\p{L}\d])?\.){1,6}\p{L}{2,24}(?![\p{L}\d-])/uy;
/** `scheme://user:password@host` is not an email address. */
const IN_ADDRESS = /:\/\/[^\s@/]{0,200}$/u;

/** Email addresses before `to`, searched outwards from each "@". */
export function findMails(
  text: string,
  to: number,
  rule: RuleOf<'mail'>,
  add: (finding: Finding) => void,
): void {
  for (let at = text.indexOf('@'); at !== -1 && at < to; at = text.indexOf('@', at + 1)) {
    let start = at;
    while (start > 0 && at - start < 64 && LOCAL.test(text.charAt(start - 1))) start -= 1;
    while (start < at && /[.'/`*=]/u.test(text.charAt(start))) start += 1;
    if (start === at) continue;
    DOMAIN.lastIndex = at + 1;
    if (!DOMAIN.test(text)) continue;
    const end = DOMAIN.lastIndex;
    if (text.charAt(start - 1) === ':' || text.charAt(start - 1) === '/') {
      if (IN_ADDRESS.test(text.slice(Math.max(0, start - 220), start))) continue;
    }
    add({
      rule: rule.id,
      group: rule.group,
      start,
      end,
      confidence: 'high',
      because: { check: 'form', near: null, heading: null, distance: null },
    });
  }
}

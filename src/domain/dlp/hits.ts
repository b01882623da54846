import { looksLikeService, looksShared } from '../people/names.ts';
import { type CompiledRules, plainValue } from './compile.ts';
import { creditsOf } from './credits.ts';
import type { Finding } from './finding.ts';

/**
 * Number of relevant hits of each rule, over one or several texts. Contact data is counted once per value: the footer
 * of twenty pages is one phone number. Email addresses that are not a person's do not count.
 */
export class Hits {
  readonly #counts = new Map<string, number>();
  readonly #seen = new Set<string>();

  add(
    text: string,
    findings: readonly Finding[],
    { rules, mail }: Pick<CompiledRules, 'rules' | 'mail'>,
  ): void {
    // Computed when the first address is found, since most texts have none.
    let credits: ((place: number) => boolean) | null = null;
    for (const { rule, group, start, end, value: decoded } of findings) {
      const isOfPage = group === 'contact' && rules.get(rule)?.find !== 'column';
      if (isOfPage) {
        const value = decoded ?? text.slice(start, end);
        if (rule === mail?.id) {
          credits ??= creditsOf(text);
          if (credits(start) || isNobodys(text, start, value)) continue;
        }
        const key = `${rule} ${plainValue(value)}`;
        if (this.#seen.has(key)) continue;
        this.#seen.add(key);
      }
      this.#counts.set(rule, (this.#counts.get(rule) ?? 0) + 1);
    }
  }

  /** Adds rules of which there was no hit before. */
  addNew(rules: Iterable<string>): void {
    for (const rule of rules) if (!this.#counts.has(rule)) this.#counts.set(rule, 1);
  }

  /** By rule, by its id. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }
}

/** Characters before an address on its line that show whose it is. */
const LINE = 160;
/** Characters before an address in which a work names its authors. */
const NOTICE = 4_000;
/** Text before the address of an author of a published work. */
const CREDIT =
  /copyright|©|\(c\)|maintain|maintained by|written by|developed by|upstream|signed-off-by|reviewed-by|tested-by|reported-by|acked-by|bug reports?|^\s*-- /iu;
/** A further line of such a notice: years, a name, the address. */
const NEXT_CREDIT = /^\W{0,12}(?:(?:19|20)\d\d[-–, ]{1,3}){1,20}[\p{L}\p{M}.,'’ -]{2,60}[<(]?$/u;

/** Whether an address belongs to a role or a program, or is given by a published work for its authors. */
function isNobodys(text: string, start: number, address: string): boolean {
  if (looksShared(address) || looksLikeService(address)) return true;
  const before = text.slice(Math.max(0, start - LINE), start);
  const line = before.slice(before.lastIndexOf('\n') + 1);
  if (CREDIT.test(line)) return true;
  return NEXT_CREDIT.test(line) && /copyright|©/iu.test(text.slice(Math.max(0, start - NOTICE), start));
}

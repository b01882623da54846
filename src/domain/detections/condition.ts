import { SigmaError } from './modifiers.ts';

/** The condition of a rule as a tree. */
export type Condition =
  | { readonly is: 'selection'; readonly name: string }
  | { readonly is: 'not'; readonly of: Condition }
  | { readonly is: 'and' | 'or'; readonly of: readonly Condition[] };

/** Nesting limit, deeper than any rule written by a person. */
const DEEPEST = 50;

/**
 * Parses `selection and not 1 of filter_*`. `not` binds tightest, then `and`, then `or`; `1 of` and `all of` take a
 * pattern or `them`.
 */
export function parseCondition(text: string, names: readonly string[]): Condition {
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const fail = (says: string): never => {
    throw new SigmaError(`condition “${text}”: ${says}`);
  };
  const word = () => tokens[at]?.toLowerCase();

  function either(depth: number): Condition {
    const parts = [both(depth)];
    while (word() === 'or') {
      at += 1;
      parts.push(both(depth));
    }
    return join('or', parts);
  }
  function both(depth: number): Condition {
    const parts = [one(depth)];
    while (word() === 'and') {
      at += 1;
      parts.push(one(depth));
    }
    return join('and', parts);
  }
  function one(depth: number): Condition {
    if (depth > DEEPEST) fail('is nested too deep');
    const token = tokens[at];
    if (token === undefined) return fail('ends where a selection has to stand');
    at += 1;
    if (token === '(') {
      const inner = either(depth + 1);
      if (tokens[at] !== ')') fail('has a parenthesis that is not closed');
      at += 1;
      return inner;
    }
    const low = token.toLowerCase();
    if (low === 'not') return { is: 'not', of: one(depth + 1) };
    if ((low === '1' || low === 'any' || low === 'all') && word() === 'of') {
      at += 1;
      const pattern = tokens[at];
      if (pattern === undefined) return fail(`has nothing after “${token} of”`);
      at += 1;
      return join(low === 'all' ? 'and' : 'or', matching(pattern));
    }
    if (!names.includes(token)) fail(`names ${token}, which is no selection of the rule`);
    return { is: 'selection', name: token };
  }
  function matching(pattern: string): Condition[] {
    // According to the specification, names that start with an underscore are not part of "them".
    const found =
      pattern.toLowerCase() === 'them'
        ? names.filter((name) => !name.startsWith('_'))
        : names.filter((name) => like(name, pattern));
    if (found.length === 0) fail(`has no selection like ${pattern}`);
    return found.map((name) => ({ is: 'selection', name }));
  }

  const whole = either(0);
  if (at < tokens.length) fail(`has “${tokens[at]}” where it should end`);
  return whole;
}

function join(is: 'and' | 'or', of: readonly Condition[]): Condition {
  const [only] = of;
  return of.length === 1 && only !== undefined ? only : { is, of };
}

function like(name: string, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(name);
}

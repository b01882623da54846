import { PLACEHOLDERS, type Placeholder } from '../model/baseline.ts';

/** Values for the placeholders of a baseline for one client; null: unknown. */
export interface Values {
  readonly name: string;
  readonly domains: readonly string[];
  readonly owner: string | null;
}

/** Sample client for checking a baseline by itself. */
export const SAMPLE: Values = {
  name: 'Example Association',
  domains: ['example.org'],
  owner: 'owner@example.org',
};

export interface PlaceholderProblem {
  readonly path: readonly (string | number)[];
  readonly says: string;
}

export interface Filled {
  readonly value: unknown;
  /** Places that were left out because a placeholder is unknown for the client. */
  readonly leftOut: readonly { readonly path: string; readonly placeholder: Placeholder }[];
  readonly problems: readonly PlaceholderProblem[];
}

/** Text shown in place of an unknown value. */
const MISSING: Readonly<Record<Placeholder, string>> = {
  name: 'name not known',
  domain: 'domain not known',
  domains: 'domains not known',
  owner: 'address of the account owner not known',
};

const MARK = /\{([^{}]*)\}/g;
const KNOWN = '{name}, {domain}, {domains} and {owner}';

/**
 * Fills in every placeholder. Values with an unknown placeholder are left out, as is anything that would then be empty,
 * because a half-filled person or an address with braces would be a false statement.
 */
export function fill(value: unknown, values: Values): Filled {
  const leftOut: { path: string; placeholder: Placeholder }[] = [];
  const problems: PlaceholderProblem[] = [];

  /** undefined: left out. */
  function walk(here: unknown, path: readonly (string | number)[]): unknown {
    if (typeof here === 'string') return fillText(here, path);
    if (Array.isArray(here)) {
      const list = here.flatMap((item: unknown, at): unknown[] => {
        if (item === '{domains}') return [...values.domains];
        const filled = walk(item, [...path, at]);
        return filled === undefined ? [] : [filled];
      });
      return list.length === 0 && here.length > 0 ? undefined : list;
    }
    if (typeof here !== 'object' || here === null) return here;
    const bare = unquoted(here);
    if (bare !== null) {
      problems.push({
        path,
        says: `${placeWords(path)} is written as {${bare}} without quotation marks, which YAML reads as a group of keys. Write "{${bare}}".`,
      });
      return undefined;
    }
    const entries = Object.entries(here);
    const filled = entries.flatMap(([key, item]): [string, unknown][] => {
      const one = walk(item, [...path, key]);
      return one === undefined ? [] : [[key, one]];
    });
    return filled.length === 0 && entries.length > 0 ? undefined : Object.fromEntries(filled);
  }

  function fillText(text: string, path: readonly (string | number)[]): string | undefined {
    let unknown: Placeholder | null = null;
    const filled = text.replace(MARK, (whole, name: string) => {
      const known = PLACEHOLDERS.find((one) => one === name);
      if (known === undefined) {
        problems.push({
          path,
          says: `“${whole.slice(0, 40)}” in ${placeWords(path)} is not a placeholder. The placeholders are ${KNOWN}.`,
        });
        return whole;
      }
      const value = filling(known, values);
      if (value === null) unknown = known;
      return value ?? '';
    });
    // In texts that a person sends, gaps are made visible; anywhere else a gap would be a false statement.
    if (unknown !== null && path[0] === 'texts' && path.at(-1) === 'text')
      return text.replace(MARK, (whole, name: string) => {
        const known = PLACEHOLDERS.find((one) => one === name);
        return known === undefined ? whole : (filling(known, values) ?? `[${MISSING[known]}]`);
      });
    if (unknown !== null) {
      leftOut.push({ path: path.join('.'), placeholder: unknown });
      return undefined;
    }
    return filled;
  }

  return { value: walk(value, []) ?? {}, leftOut, problems };
}

function filling(placeholder: Placeholder, { name, domains, owner }: Values): string | null {
  switch (placeholder) {
    case 'name':
      return name;
    case 'domain':
      return domains[0] ?? null;
    case 'domains':
      return domains.length === 0 ? null : domains.join(', ');
    case 'owner':
      return owner;
  }
}

/** The placeholder in an unquoted `accountOwner: {owner}`, which YAML parses as a map with one key and no value. */
function unquoted(value: object): string | null {
  const [only, ...more] = Object.entries(value);
  if (only === undefined || more.length > 0 || only[1] !== null) return null;
  return PLACEHOLDERS.find((one) => one === only[0]) ?? null;
}

function placeWords(path: readonly (string | number)[]): string {
  return path.length === 0 ? 'the baseline' : `\`${path.join('.')}\``;
}

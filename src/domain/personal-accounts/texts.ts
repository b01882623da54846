import { count, names } from '../text/words.ts';

/** Placeholders in the text of a message, with their meaning. */
export const PLACEHOLDERS = {
  name: 'The holder’s name, or their address where no file gives it',
  address: 'The address of the account',
  organization: 'The client’s name',
  domain: 'The domain of the address',
  contact: 'Who to ask: name and address',
  policy: 'The address of the policy on using Claude',
} as const;
export type Placeholder = keyof typeof PLACEHOLDERS;
export type Values = Readonly<Record<Placeholder, string | null>>;

const NAMED = /\{([^{}\n]*)\}/gu;

/** Distinct placeholders of a text in order, including unknown ones. */
export function placeholdersOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(NAMED)].map(([, name]) => (name ?? '').trim()))];
}

function isPlaceholder(name: string): name is Placeholder {
  return Object.hasOwn(PLACEHOLDERS, name);
}

/** Why a text cannot be used: it has unknown placeholders. null: none. */
export function unknownPlaceholders(text: string): string | null {
  const unknown = placeholdersOf(text).filter((name) => !isPlaceholder(name));
  if (unknown.length === 0) return null;
  return `${count(unknown.length, 'placeholder')} ${unknown.length === 1 ? 'is' : 'are'} not known: ${names(
    unknown.map((name) => `{${name}}`),
    10,
  )}. Known are ${names(
    Object.keys(PLACEHOLDERS).map((name) => `{${name}}`),
    10,
  )}.`;
}

export interface Filled {
  readonly text: string;
  /** Placeholders without a value; they stay in the text unchanged. */
  readonly missing: readonly Placeholder[];
}

/** Fills in the values. Placeholders within values are not expanded. */
export function fillText(text: string, values: Values): Filled {
  const missing = new Set<Placeholder>();
  const filled = text.replace(NAMED, (whole, inner: string) => {
    const name = inner.trim();
    if (!isPlaceholder(name)) return whole;
    const value = values[name];
    if (value === null) missing.add(name);
    return value ?? whole;
  });
  return { text: filled, missing: [...missing] };
}

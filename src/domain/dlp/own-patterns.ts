import { unicodeForm } from '../text/unicode-form.ts';
import type { BODIES } from './bodies.ts';
import type { RuleOf } from './rules.ts';

/**
 * A password or key of a client's own systems, defined by prefix, characters and length. It is not a regular
 * expression, so that nobody can write one with unbounded running time.
 */
export interface OwnPattern {
  /** What such a secret is called. */
  readonly title: string;
  /** Prefix of every such secret. */
  readonly starts: string;
  readonly body: keyof typeof BODIES;
  /** Number of characters after the prefix. */
  readonly least: number;
  readonly atMost: number;
}

/** Whether a rule is one of a client's own patterns. */
export const isOwnRule = (id: string) => id.startsWith('own_');

/**
 * The rules of a client's patterns. Their ids are derived from their titles, so that decisions refer to the same rule
 * later.
 */
export const ownRules = (patterns: readonly OwnPattern[]): readonly RuleOf<'token'>[] =>
  patterns.map(({ title, starts, body, least, atMost }) => ({
    id: ownRuleId(title),
    title,
    group: 'credential',
    atLeast: 1,
    headings: [],
    lookOnly: false,
    find: 'token',
    starts: [starts],
    body,
    length: [least, Math.max(least, atMost)],
    entropy: 2,
    // The length was given by the client.
    exact: true,
    samples: { hits: [], misses: [] },
  }));

/** The id of a pattern's rule: its title in lower-case letters and digits. */
export const ownRuleId = (title: string): string =>
  `own_${unicodeForm(title, 'NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '_')
    .replace(/^_|_$/gu, '')
    .slice(0, 46)}`;
// Guide: G7.2-16

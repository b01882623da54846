import { unicodeForm } from '../text/unicode-form.ts';
import type { BODIES } from './bodies.ts';
import type { RuleOf } from './rules.ts';

/**
 * A password or key of a client's own systems, by how it begins, what it is made of and how long it is. It is no
 * expression, so that nobody can write one that takes time without end.
 */
export interface OwnPattern {
  /** What such a secret is called. */
  readonly title: string;
  /** Characters that every such secret begins with. */
  readonly starts: string;
  readonly body: keyof typeof BODIES;
  /** Characters after the beginning. */
  readonly least: number;
  readonly atMost: number;
}

/** Whether a rule is one of a client's own. */
export const isOwnRule = (id: string) => id.startsWith('own_');

/** The rules that a client's patterns are. Each is called by its title, so that a decision names the same rule later. */
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
    // The client has said how long it is.
    exact: true,
    samples: { hits: [], misses: [] },
  }));

/** The id of a pattern's rule: its title in small letters and digits. */
export const ownRuleId = (title: string): string =>
  `own_${unicodeForm(title, 'NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '_')
    .replace(/^_|_$/gu, '')
    .slice(0, 46)}`;
// Guide: G7.2-16

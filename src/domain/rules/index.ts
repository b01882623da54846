import type { z } from 'zod';
import type { SignedKey } from '../decide/counted.ts';
import type { CheckContext } from '../model/rule.ts';
import type { Outcome } from '../model/verdict.ts';
import { rules as accounts } from './accounts/index.ts';
import { attested } from './attested.ts';
import { rules as connectors } from './connectors/index.ts';
import { rules as microsoft } from './microsoft/index.ts';
import { rules as operations } from './operations/index.ts';
import { rules as personalAccounts } from './personal-accounts/index.ts';
import { rules as policy } from './policy/index.ts';
import { type AnyRule, register } from './registry.ts';
import { setting } from './setting.ts';
import { rules as visibility } from './visibility/index.ts';

export const RULES: readonly AnyRule[] = [
  register(attested),
  register(setting),
  ...accounts,
  ...connectors,
  ...personalAccounts,
  ...visibility,
  ...microsoft,
  ...operations,
  ...policy,
];

const byName = new Map(RULES.map((rule) => [rule.name, rule]));

/** The rule with that name. Throws if it is unknown; the catalogue linter reports such names first. */
export function findRule(name: string): FoundRule {
  const rule = byName.get(name);
  if (!rule) throw new Error(`The catalogue names the rule “${name}”, which does not exist.`);
  return rule as unknown as FoundRule;
}

/** A rule whose parameters are not known by type: those of the catalogue’s checks. */
export interface FoundRule {
  readonly params: z.ZodType;
  readonly needs?: AnyRule['needs'];
  readonly failsWithout?: AnyRule['failsWithout'];
  readonly failsFromPart?: AnyRule['failsFromPart'];
  readonly failsByAbsence?: AnyRule['failsByAbsence'];
  readonly undoneByPart?: true;
  signed?(params: unknown): readonly SignedKey[];
  readonly policyOnly?: true;
  decide(context: CheckContext, params: unknown): Outcome;
}

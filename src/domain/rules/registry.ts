import type { z } from 'zod';
import type { SignedKey } from '../decide/counted.ts';
import type { CheckContext, Rule } from '../model/rule.ts';
import type { Outcome } from '../model/verdict.ts';

/** A rule whose parameters are parsed from the catalogue right before it runs. */
export interface AnyRule {
  readonly name: string;
  readonly about: string;
  readonly params: z.ZodType;
  readonly needs?: Rule['needs'];
  readonly failsWithout?: Rule['failsWithout'];
  readonly failsFromPart?: Rule['failsFromPart'];
  readonly failsByAbsence?: Rule['failsByAbsence'];
  readonly undoneByPart?: true;
  signed?(params: never): readonly SignedKey[];
  readonly policyOnly?: true;
  decide(context: CheckContext, params: never): Outcome;
}

/** Widens a typed rule for the registry; the engine parses parameters with the rule's own schema. */
export function register<P>(rule: Rule<P>): AnyRule {
  return rule as unknown as AnyRule;
}

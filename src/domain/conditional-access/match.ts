import type { AccessTemplate } from '../model/conditional-access.ts';
import type { CaPolicyRow } from '../model/kinds.ts';
import { concernsPeople, REQUIREMENTS, reaches } from '../rules/microsoft/ca-policy.ts';

/** The policy of a tenant that a template became, and how it was recognized. */
export interface Match {
  readonly policy: CaPolicyRow;
  readonly by: 'id' | 'name' | 'content';
}

/**
 * Finds the policy that was made from a template: by the id that is on record, by its name, or as the only one that
 * names a Claude application and asks for what the template asks for. So a rename is seen as one, and a policy that
 * someone made by hand is recognized.
 *
 * @param recorded id of the policy that was made here; null: none was
 */
export function matchOf(
  template: AccessTemplate,
  policies: readonly CaPolicyRow[],
  { name, applications }: { readonly name: string; readonly applications: readonly string[] },
  recorded: string | null,
): Match | null {
  const byId = recorded === null ? undefined : policies.find(({ id }) => id?.toLowerCase() === recorded);
  if (byId !== undefined) return { policy: byId, by: 'id' };
  const wanted = [name, template.name].map((one) => one.trim().toLowerCase());
  const named = policies.filter((one) => wanted.includes(one.name.trim().toLowerCase()));
  if (named[0] !== undefined) return { policy: named[0], by: 'name' };
  const alike = policies.filter(
    (policy) =>
      concernsPeople(policy) &&
      applications.some((appId) => reaches(policy, appId) === 'named') &&
      template.requirement.every((id) => REQUIREMENTS[id].meets(policy).is === 'yes') &&
      template.signInRiskLevels.length > 0 === policy.signInRiskLevels.length > 0,
  );
  return alike.length === 1 && alike[0] !== undefined ? { policy: alike[0], by: 'content' } : null;
}
// Guide: G6.2-01 G6.2-02 G6.3-02 G6.3-03

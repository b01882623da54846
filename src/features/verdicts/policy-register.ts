import type { Charter } from '#domain/model/charter.ts';
import type { Reading } from '#domain/model/reading.ts';
import { acknowledgedSince } from '#domain/policy/versions.ts';
import { versionKey } from '#domain/rules/policy/version-key.ts';
import type { Tx } from '#store/open.ts';
import { acknowledgementsIn, policyVersions } from '#store/policy/versions.ts';
import { type Moment, present } from '../shared/moment.ts';
import type { PolicyRegister } from '../shared/services/facts.ts';

/** How the register is cited. */
export const REGISTER = 'Register of acknowledgments in Bylaw';

/** The policies published here and who acknowledged them; null: none was published. */
export async function loadPolicyRegister(
  tx: Tx,
  clientId: string,
  zone: string,
): Promise<PolicyRegister | null> {
  const versions = await policyVersions(tx, clientId);
  if (versions.length === 0) return null;
  const all = versions.map((row) => ({ ...row, effectiveOn: row.effective_on }));
  return {
    published: [...new Set(all.map(({ number }) => number))].flatMap((number) => {
      const on = acknowledgedSince(all, number);
      return on === null ? [] : [{ number, on }];
    }),
    rows: (await acknowledgementsIn(tx, clientId)).flatMap(({ number, address, at }) =>
      address === null ? [] : [{ number, address, on: present(at, zone).today }],
    ),
  };
}

/**
 * The register as a reading, if the charter names the policy published here by number and first day. The register says
 * nothing about any other policy, so a version number shared by two policies never counts for both.
 */
export function registerReadings(
  register: PolicyRegister | null,
  charter: Charter | null,
  { today }: Moment,
): Reading<'acknowledgements'>[] {
  const policy = charter?.policy;
  if (register === null || policy === undefined) return [];
  const stated = register.published.some(
    ({ number, on }) => versionKey(policy.version) === String(number) && on === policy.published,
  );
  if (!stated) return [];
  // Names are as signed. If an address identifies nobody, no name is included, so that nobody is matched by it.
  const rows = register.rows
    .filter(({ on }) => on <= today)
    .map(({ number, address, on }, index) => ({
      file: REGISTER,
      row: index + 1,
      email: address,
      name: null,
      version: String(number),
      document: null,
      on,
      acknowledged: true,
    }));
  return [
    {
      kind: 'acknowledgements',
      file: REGISTER,
      sha256: `${REGISTER} ${rows.length} ${today}`,
      provenance: 'api',
      observedOn: today,
      dateFrom: 'content',
      rows,
      complete: true,
      mappedByHand: false,
    },
  ];
}
// Guide: G8-17 GA-14

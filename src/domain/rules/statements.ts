import type { Attestation } from '../model/attestation.ts';
import type { CheckContext } from '../model/rule.ts';

/**
 * The newest statement that counts today; undefined: none does, or a newer one says the opposite. That the proof of a "no"
 * is missing, or that it has ended, does not bring an older "yes" back.
 */
export function statementOf(
  { attestations, today }: Pick<CheckContext, 'attestations' | 'today'>,
  counts: (one: Attestation) => boolean = () => true,
): Attestation | undefined {
  const at = attestations.findIndex(
    (one) =>
      one.fileFound !== false &&
      one.doubt === undefined &&
      (one.expires === undefined || one.expires >= today) &&
      counts(one),
  );
  const newer = at < 0 ? attestations : attestations.slice(0, at);
  return newer.some(({ holds }) => !holds) ? undefined : attestations[at];
}

import { doubtOf } from '../decide/counted.ts';
import type { Attestation } from '../model/attestation.ts';
import type { CheckContext } from '../model/rule.ts';
import { hasRole } from '../people/signer.ts';

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

/** Why a signature of a day under something in the charter is nobody's, as a sentence; null where it counts. */
export function signatureDoubt(context: CheckContext, by: string, day: string): string | null {
  return doubtOf(by, day, 'statement', {
    typed: false,
    signer: context.signer,
    hasRole: (signature) => hasRole(signature, context.charter.ok ? context.charter.value : null),
  });
}

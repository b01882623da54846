import { doubtOf, type Signed } from '../decide/counted.ts';
import type { Attestation } from '../model/attestation.ts';
import type { CheckContext } from '../model/rule.ts';
import { hasRole } from '../people/signer.ts';

/**
 * The latest statement that is valid today; undefined: none is, or a newer one says the opposite. If the proof for a
 * "no" is missing or expired, an older "yes" does not become valid again.
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

/** Why a signature of a certain day in the charter does not count as anyone's, as a sentence; null: it is valid. */
export function signatureDoubt(
  context: CheckContext,
  by: string,
  day: string,
  what: Signed = 'statement',
): string | null {
  return doubtOf(by, day, what, {
    typed: context.typed,
    signer: context.signer,
    hasRole: (signature) => hasRole(signature, context.charter.ok ? context.charter.value : null),
  });
}

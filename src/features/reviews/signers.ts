import type { Charter } from '#domain/model/charter.ts';
import type { ReviewDeck } from '#domain/model/review.ts';
import { address, namesNobody } from '#domain/people/names.ts';
import { names } from '#domain/text/words.ts';
import { newestCharter } from '#store/charter/versions.ts';
import type { Tx } from '#store/open.ts';
import type { RhythmRow } from '#store/work/cadence.ts';
import { charterOf } from '../charter/index.ts';
import type { Actor } from '../context.ts';

/** A person who may sign a review. */
export interface Signer {
  readonly name: string;
  /** Role in which they sign. */
  readonly as: string;
  /** Addresses or ids that identify their account; null: the charter has no address. */
  readonly mail: string | null;
  readonly user: string | null;
}

/**
 * Who may sign: the governance owner and the deputy named in the charter, and for the monthly review the owner of its
 * recurring task. No one else, whatever their role here.
 */
export function signersOf(
  kind: ReviewDeck,
  charter: Pick<Charter, 'governanceOwner' | 'governanceDeputy'>,
  rhythm: Pick<RhythmRow, 'active' | 'owner_user' | 'owner_name'> | null,
): readonly Signer[] {
  const named = [
    { person: charter.governanceOwner, as: 'governance owner' },
    { person: charter.governanceDeputy, as: 'governance deputy' },
  ].flatMap(({ person, as }): Signer[] =>
    person === undefined || namesNobody(person.name)
      ? []
      : [{ name: person.name, as, mail: person.email ?? null, user: null }],
  );
  const owner =
    kind === 'monthly' && rhythm?.active === true && rhythm.owner_user !== null
      ? [
          {
            name: rhythm.owner_name ?? '',
            as: 'owner of the monthly review',
            mail: null,
            user: rhythm.owner_user,
          },
        ]
      : [];
  return [...named, ...owner];
}

/** The role in which someone signs; null: they may not. */
export function signsAs(signers: readonly Signer[], actor: Pick<Actor, 'userId' | 'email'>): Signer | null {
  return (
    signers.find(
      ({ mail, user }) => user === actor.userId || (mail !== null && address(mail) === address(actor.email)),
    ) ?? null
  );
}

/** Why someone cannot sign, and what to do about it. */
export function whyNotSign(kind: ReviewDeck, signers: readonly Signer[]): string {
  if (signers.length === 0)
    return kind === 'monthly'
      ? 'The charter names no governance owner, and no one who can sign in owns the monthly review, so no one can sign it. Name a governance owner in the charter, or give the monthly review an owner with an account under recurring tasks.'
      : 'The charter names no governance owner, so no one can sign. Name one in the charter.';
  const without = signers.filter(({ mail, user }) => mail === null && user === null);
  const who = names(
    signers.map(({ name, as }) => `${name} (${as})`),
    signers.length,
  );
  return without.length === signers.length
    ? `The charter names ${who} without an email address, so no account is known to be theirs. Add the address to the charter.`
    : `Only ${who} can sign this review.`;
}

/** The charter in force, which names the signers. */
export async function charterNow(tx: Tx, clientId: string): Promise<Charter> {
  return charterOf(await newestCharter(tx, clientId));
}
// Guide: G7.1-00

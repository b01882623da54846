import { withoutTag } from '#domain/people/names.ts';
import type { HandlerContext } from '../context.ts';
import { accountsOf, isAmong } from '../shared/second-person.ts';
import { peopleOf } from './counted.ts';

/** The names by which a client's sources may refer to a user of the console. */
export interface NamesHere {
  /** Names and addresses of the account, and all addresses and account ids of the same person in the client's lists. */
  of(userId: string): readonly string[];
  /** Whether a name, an address or an id belongs to the user. */
  isNamed(userId: string, about: string): boolean;
}

/** Loads how people of a client are named. Used to keep people from deciding about themselves. */
export async function namesHere(
  context: Pick<HandlerContext, 'services' | 'now' | 'client'>,
): Promise<NamesHere> {
  const accounts = await accountsOf(context.services);
  const people = await peopleOf(context, context.client, { masked: false });
  const of = (userId: string) => {
    const signatures = accounts.signaturesOf(userId);
    const mailboxes = new Set(signatures.filter((one) => one.includes('@')).map(withoutTag));
    return [...new Set([...signatures, ...people.withMailbox(mailboxes)])];
  };
  return { of, isNamed: (userId, about) => isAmong(of(userId), about) };
}

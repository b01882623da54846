import type { RosterRow } from '../model/kinds.ts';
import type { Mailboxes } from '../model/mailboxes.ts';
import { domainOf, localPart, looksLikeService, looksShared, namesOffice, nameWords } from './names.ts';
import { BESIDE_OFFICE, OFFICES } from './offices.ts';

interface Vocabulary {
  /** Words that mark a mailbox of no single person. */
  readonly alone: ReadonlySet<string>;
  /** Those, and the ones that occur beside them. */
  readonly all: ReadonlySet<string>;
}

const vocabularies = new WeakMap<Mailboxes, Vocabulary>();

/** The words of all languages, since offices write in several. Cached: the catalogue is immutable. */
function vocabularyOf(mailboxes: Mailboxes): Vocabulary {
  const known = vocabularies.get(mailboxes);
  if (known !== undefined) return known;
  const of = (part: 'alone' | 'beside') => mailboxes.words.flatMap((one) => one[part].trim().split(/\s+/));
  const alone = new Set(of('alone'));
  const made = { alone, all: new Set([...alone, ...of('beside')]) };
  vocabularies.set(mailboxes, made);
  return made;
}

/** Names of a function, such as scanner@, conf2026@ or hr.shared@: at least one of the words, and no other word. */
function isFunctional(words: readonly string[], { alone, all }: Vocabulary): boolean {
  const letters = words.map((word) => word.replace(/\d+$/, '')).filter((word) => word !== '');
  return letters.some((word) => alone.has(word)) && letters.every((word) => all.has(word));
}

/** Whether the address is one of a function rather than of a person. A person may still be the one who uses it. */
function addressIsFunctional(email: string, mailboxes: Mailboxes): boolean {
  if (looksShared(email) || looksLikeService(email)) return true;
  const local = localPart(email);
  const words = nameWords(local.replace(/[._-]+/g, ' '));
  const vocabulary = vocabularyOf(mailboxes);
  return isFunctional(words, vocabulary) || isFunctional(nameWords(local.replace(/[._-]+/g, '')), vocabulary);
}

/**
 * Whether a name has a word that is neither one for a function or an office nor part of the domain: “Maria Socios” and
 * “Empfang Weber” may be persons, “Scanner”, “HR Shared” and “Alder Empfang” at alder.example.org are none.
 */
function mayNamePerson(name: string | null, email: string, mailboxes: Mailboxes): boolean {
  const { all } = vocabularyOf(mailboxes);
  const ours = new Set(domainOf(email).split(/[.-]/));
  const local = localPart(email);
  return nameWords(name ?? '').some((whole) => {
    const word = whole.replace(/\d+$/, '');
    const isOffice = OFFICES.has(word) || BESIDE_OFFICE.has(word);
    return word.length > 1 && word !== local && !all.has(word) && !isOffice && !ours.has(word);
  });
}

/**
 * Whether address and name together are those of a mailbox of no single person. A name that may be a person’s settles
 * it for the person, and a personal address does so for any name but that of an office or a device.
 */
export function isMailboxOfNobody(email: string, name: string | null, mailboxes: Mailboxes): boolean {
  if (mayNamePerson(name, email, mailboxes)) return false;
  if (addressIsFunctional(email, mailboxes)) return true;
  return name !== null && isFunctional(nameWords(name), vocabularyOf(mailboxes));
}

/** Whether a roster row is for one person: neither a shared nor a service account, nor named after an office. */
export function isOnePerson({ engagement, name, emails }: RosterRow, mailboxes: Mailboxes): boolean {
  if (engagement === 'shared' || engagement === 'service' || namesOffice(name ?? '')) return false;
  return emails.length === 0 || !emails.every((one) => isMailboxOfNobody(one, name, mailboxes));
}
// Guide: G2.1-01 G7.1-02

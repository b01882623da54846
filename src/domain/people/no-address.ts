import { isFillInToken } from '../text/fill-in.ts';
import { localPart, nameWords } from './names.ts';
import { NO_ONE } from './placeholders.ts';

/**
 * What forms and instructions show as an address, in the languages of clients' files. No word consists of others, which
 * would double the ways to read a text with each of them.
 */
const SHAPES =
  /^(?:first|last|vorname|nachname|prenom|nom|nombre|apellido|nome|cognome|sobrenome|voornaam|achternaam|name|initials?|user|email|mail|address|adresse|direccion)+$/;
/** Written in place of an address that does not exist. */
const NONE =
  /^(?:no ?(?:e ?)?mail|no ?address|tb[dac]|to ?do|n ?a|not ?assigned|keine ?(?:e ?)?mail|sans ?(?:e ?)?mail|sin ?correo|geen ?(?:e ?)?mail|sem ?email)\d*$/;

/** Whether an address has, in place of a person's name, what says that there is none: tbd@, none@, vorname.nachname@. */
export function isNoAddress(email: string): boolean {
  const local = localPart(email).replace(/\d+$/, '');
  const words = nameWords(local.replace(/[._-]+/g, ' '));
  if (words.length === 0) return true;
  return (
    NONE.test(words.join(' ')) ||
    SHAPES.test(words.join('')) ||
    words.every((word) => NO_ONE.has(word) && word !== 'me') ||
    isFillInToken(local)
  );
}

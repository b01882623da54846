import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import { saysFormer } from '../../people/former.ts';
import { domainOf, namesNobody } from '../../people/names.ts';
import { MAIL, mailsIn, PHONE, phonesIn, unreachable } from '../../people/reachable.ts';
import { ask } from '../../text/message.ts';
import { names } from '../../text/words.ts';
import { placeOf } from '../accounts/addresses.ts';
import { askCharter } from '../operations/ask.ts';
import { because } from '../outcome.ts';
import { notYetPublished } from './draft-policies.ts';

/** Guide 8: the policy names a contact for questions and reports, and the template's placeholders are replaced. */
export const policyContact = defineRule({
  name: 'policy-contact',
  about:
    'The charter states the contact that the policy names: a name, and an email address or phone number. Someone who has left according to the roster does not count.',
  params: z.strictObject({}),
  decide(context) {
    const { charter } = context;
    const contact = charter.ok ? charter.value.policy?.contact : undefined;
    if (!charter.ok || !contact) {
      return askCharter(
        context,
        'policy.contact',
        'the contact that the policy names',
        'name with email address or phone number',
      );
    }
    const later = notYetPublished(context);
    if (later !== null) return later;
    const evidence = [charter.cite('policy.contact', contact)];
    const mails = mailsIn(contact);
    const phones = phonesIn(contact);
    const name = contact
      .replace(MAIL, '')
      .replace(PHONE, ' ')
      .replace(/^[\s,;:()<>–-]+|(?<![\s,;:()<>–-])[\s,;:()<>–-]+$/g, '');
    const isOpen =
      /[[\]{}]|<(?![^<>\s]+@[^<>\s]+>)/.test(contact) ||
      mails.some((mail) => unreachable(mail) === 'template') ||
      phones.some((digits) => /^(\d)\1{5,}$/.test(digits)) ||
      (/\p{L}/u.test(name) && namesNobody(name));
    if (isOpen)
      return because(
        'policy.contact.placeholder',
        `The contact “${contact}” still contains a template placeholder.`,
        { contact },
      ).fail(evidence);
    const phone = phones.length > 0;
    if (mails.length > 0 && mails.every((mail) => unreachable(mail) === 'example') && !phone)
      return because(
        'policy.contact.example_address',
        `The contact “${contact}” gives only an address at an example domain, where mail is never delivered.`,
        { contact },
      ).fail(evidence);
    if (mails.length > 0 && mails.every((mail) => unreachable(mail) !== null) && !phone)
      return because(
        'policy.contact.not_read',
        `The contact “${contact}” gives only an address whose mail no one reads.`,
        { contact },
      ).fail(evidence);
    // Without an address, the telephone number belongs to the person named next to it.
    const signers = (mails.length > 0 ? mails : [name]).map((one) => context.signer(one, context.today));
    if (saysFormer(name))
      return because(
        'policy.contact.former',
        `The policy names ${contact} for questions and reports, who by these words is no longer here.`,
        { contact },
      ).fail(evidence);
    if (signers.every(({ is }) => is === 'left'))
      return because(
        'policy.contact.left',
        `The policy names ${contact} for questions and reports, and according to the roster ${signers.length === 1 ? 'this person has' : 'these people have'} left.`,
        { contact },
      ).fail(evidence);
    const foreign = mails.filter((mail) => !isOurs(mail, context.profile.domains));
    const alike = foreign.find((mail) => context.profile.domains.some((one) => isAlike(domainOf(mail), one)));
    if (alike !== undefined && foreign.length === mails.length && !phone)
      return because(
        'policy.contact.alike_domain',
        `The contact “${contact}” gives an address at ${domainOf(alike)}, which resembles one of our domains (${names(context.profile.domains)}) and is not one of them.`,
        { contact },
      ).cannotRead(
        ask(
          'charter',
          'policy.contact',
          'Correct the address under policy.contact in the charter, or add the domain to the profile if it is ours.',
          'domain',
        ),
        evidence,
      );
    const isKnown = (mail: string) =>
      ['works_here', 'not_yet'].includes(context.signer(mail, context.today).is);
    const isPrivate = (mail: string) =>
      placeOf(mail, context.profile.domains).kind === 'free_mail' && !isKnown(mail);
    if (mails.length > 0 && mails.every(isPrivate) && !phone)
      return because(
        'policy.contact.private_mailbox',
        `The contact “${contact}” gives only an address at a mail provider where anyone can open one, and nothing shows whose it is.`,
        { contact },
      ).cannotRead(
        ask(
          'charter',
          'policy.contact',
          'State an address at one of our domains under policy.contact in the charter, or a telephone number beside it.',
          'private_mailbox',
        ),
        evidence,
      );
    const outside =
      foreign.length === 0 || foreign.length < mails.length
        ? ''
        : ` ${foreign.length === 1 ? 'The address is' : 'The addresses are'} not at one of our domains.`;
    const reachable = /[^\s@]@[^\s@.]+\.[^\s@.]/.test(contact) || phone;
    return reachable
      ? because('policy.contact.named', `The policy names ${contact} for questions and reports.${outside}`, {
          contact,
        }).pass(evidence)
      : because(
          'policy.contact.no_address',
          `The contact “${contact}” gives neither an email address nor a phone number.`,
          { contact },
        ).fail(evidence);
  },
});

const isOurs = (mail: string, domains: readonly string[]) =>
  domains.some((one) => domainOf(mail) === one || domainOf(mail).endsWith(`.${one}`));

/** Whether a domain differs from ours only by its ending, hyphens, or one letter added, left out, changed or swapped. */
function isAlike(domain: string, ours: string): boolean {
  const [a, b] = [domain, ours].map((one) => one.toLowerCase());
  if (a === undefined || b === undefined || a === b) return false;
  const name = (one: string) => one.split('.').slice(0, -1).join('.').replaceAll('-', '');
  if (name(a) === name(b)) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1 || short.length < MIN_ALIKE) return false;
  const at = [...short].findIndex((letter, index) => letter !== long[index]);
  if (at < 0) return true;
  const [restShort, restLong] = [short.slice(at), long.slice(at)];
  if (long.length > short.length) return restShort === restLong.slice(1);
  const swapped = `${restLong[1] ?? ''}${restLong[0] ?? ''}${restLong.slice(2)}`;
  return restShort.slice(1) === restLong.slice(1) || restShort === swapped;
}

/** Shorter domains differ by one letter by chance. */
const MIN_ALIKE = 8;
// Guide: G8-00 G8-16

import { z } from 'zod';
import { daysBetween } from '../../model/day.ts';
import { defineRule } from '../../model/rule.ts';
import { saysFormer } from '../../people/former.ts';
import { namesMailbox, namesNobody, namesOffice } from '../../people/names.ts';
import { mailsIn, phonesIn, unreachable } from '../../people/reachable.ts';
import { saysNotDone } from '../../text/denials.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, sentence, verb } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { askCharter, askWhichRoster } from './ask.ts';

/**
 * The five incident types of guide 7.2, in the order in which free text is matched. `sign` is text that names the type;
 * with only `hint`, it may mean something else ("secretary", "travel agent", "building access").
 */
export const INCIDENT_TYPES = [
  {
    id: 'prompt_injection',
    words: 'prompt injection',
    sign: /^injections?$|\b(?:prompts?|instructions?|documents?|content|hidden|indirect)\b.*\binject(?:ion|ions|ed|ing)?\b|\binject(?:ion|ions|ed|ing)?\b.*\b(?:prompts?|instructions?|documents?|content|claude|ai)\b/,
    hint: /inject/,
  },
  {
    id: 'credential_exposed',
    words: 'credential exposed in a chat',
    sign: /^(?:credentials?|passwords?|secrets?|api keys?)$|\b(?:credential|password|secret|api ?key)s?\b.*\b(?:expos\w*|past(?:e|es|ed|ing)|leak(?:s|ed|age|ing)?|shar(?:e|es|ed|ing)|disclos\w*|enter(?:ed|ing)?|typed|reveal\w*|compromis\w*|lost|stolen|chats?|conversations?|claude)\b|\b(?:expos\w*|past(?:e|es|ed|ing)|leak(?:s|ed|age|ing)?|shar(?:e|es|ed|ing)|disclos\w*|enter(?:ed|ing)?|typ(?:ed|ing)|reveal\w*|compromis\w*|lost|stolen)\b(?: (?:of|an?|any|the|our|your|staff|member|user|admin|or|and))* (?:credential|password|secret|api ?key)s?\b/,
    hint: /credential|password|secret|api ?key/,
  },
  {
    id: 'data_upload',
    words: 'member data uploaded to a personal session',
    sign: /^uploads?$|\bupload\w*\b.*\b(?:data|lists?|records?|pii|personal|claude)\b|\b(?:data|lists?|records?|pii)\b.*\bupload\w*|\bpersonal (?:claude )?(?:sessions?|accounts?|plans?)\b/,
    hint: /upload/,
  },
  {
    id: 'agent_action',
    words: 'unwanted action by an agent or workflow',
    sign: /^(?:agents?|workflows?|cowork)$|^(?:an? )?(?:unintended|unwanted|unexpected|unapproved|unauthori[sz]ed|rogue|wrong) actions?$|\b(?:agents?|agentic|workflows?|cowork|automat(?:ed|ion|ions|ic))\b.*\b(?:actions?|acts?|acted|access\w*|unintend\w*|unwant\w*|unexpect\w*|unapprov\w*|mistakes?|errors?|wrong\w*|chang\w*|delet\w*|sent|misbehav\w*|behavio\w*)\b|\b(?:unintend|unwant|unexpect|unapprov|unauthori[sz]|rogue|wrong)\w*\b.*\b(?:agents?|agentic|workflows?|cowork|automat(?:ed|ion|ions|ic))\b|\b(?:unintend|unwant|unexpect|unapprov|unauthori[sz]|rogue|wrong)\w*\b.*\bactions?\b.*\b(?:claude|ai)\b|\b(?:claude|ai)\b.*\b(?:unintend|unwant|unexpect|unapprov|unauthori[sz]|rogue|wrong)\w*\b.*\bactions?\b/,
    hint: /agent|workflow|cowork|automat|unintended|unwanted|\baction/,
  },
  {
    id: 'unauthorized_access',
    words: 'unauthorized access through a connector',
    sign: /^(?:access|connectors?|(?:unauthori[sz]ed|improper|unapproved|inappropriate) (?:data )?access)$|\b(?:unauthori[sz]|improper|unapprov|inappropriate|unwant|illegal)\w*\b.*\b(?:connectors?|data|records?|claude|systems?)\b|\bconnectors?\b.*\b(?:access\w*|misus\w*|abus\w*|breach\w*|data|reads?)\b|\baccess\w*\b.*\b(?:connectors?|claude)\b|\b(?:data|records?|systems?)\b.*\baccess\w*\b.*\b(?:unauthori[sz]\w*|without)\b/,
    hint: /access|connector/,
  },
] as const;

/** Text in place of a type that says that the plan does not include it: "Prompt injection: N/A", "out of scope". */
const LEFT_OUT =
  /(?<!\p{L})(?:n\/a|n\.a\.|not applicable|(?:not|no longer) (?:yet )?(?:covered|included|defined|addressed|in scope|part of)|out of scope|excluded|no plan|tb[adc])(?!\p{L})|^(?:no|none)(?![\p{L}-])/iu;
const saysLeftOut = (text: string) => LEFT_OUT.test(text) || saysNotDone(text);

/** Whether a contact gives only addresses where mail reaches no one. */
function reachesNoOne(contact: string): boolean {
  const mails = mailsIn(contact);
  return (
    mails.length > 0 && mails.every((one) => unreachable(one) !== null) && phonesIn(contact).length === 0
  );
}

/** Characters that are read of what the plan calls a type: the time that the patterns take grows by the cube. */
const MAX_TYPE = 1_000;

/** Guide 7.2: what counts as an incident, and whom to call, is defined beforehand. */
export const incidentPlan = defineRule({
  name: 'incident-plan',
  about:
    'The incident plan in the charter names the five types of incident and at least one contact, none of the contacts has left according to the roster, and the plan was reviewed recently.',
  params: z.strictObject({ days: z.number().int().min(1).default(365) }),
  decide(context, { days }) {
    const { charter, today } = context;
    const plan = charter.ok ? charter.value.incidentPlan : undefined;
    if (!charter.ok || !plan) {
      return askCharter(
        context,
        'incidentPlan',
        'the incident plan',
        'types, contacts and the day it was reviewed',
      );
    }
    const evidence = [
      charter.cite(
        'incidentPlan',
        `${count(plan.types.length, 'type')}, ${count(plan.contacts.length, 'contact')}, reviewed ${dayWords(plan.reviewed)}`,
      ),
    ];
    const types = plan.types.filter((text) => !saysLeftOut(text));
    const folded = types.map((text) =>
      text
        .toLowerCase()
        .replace(/[_\s-]+/g, ' ')
        .trim(),
    );
    const typeOf = (text: string) =>
      INCIDENT_TYPES.find(({ sign }) => sign.test(text.slice(0, MAX_TYPE)))?.id;
    const named = new Set(folded.map(typeOf));
    const open = types.filter((_, at) => typeOf(folded[at] ?? '') === undefined);
    const perhaps = (hint: RegExp) => folded.some((text) => typeOf(text) === undefined && hint.test(text));
    const stated = plan.contacts.filter((one) => !namesNobody(one));
    const mute = stated.filter(reachesNoOne);
    const contacts = stated.filter((one) => !mute.includes(one));
    const former = contacts.filter(saysFormer);
    const gone = contacts.filter((one) => former.includes(one) || context.signer(one, today).is === 'left');
    const by =
      former.length === 0
        ? 'the roster'
        : former.length === gone.length
          ? 'the plan itself'
          : 'roster and plan';
    const ahead = contacts.flatMap((one) => {
      const known = context.signer(one, today);
      return known.is === 'not_yet' ? [{ one, firstDay: known.firstDay }] : [];
    });
    const begin = ahead
      .map(
        ({ one, firstDay }) => ` ${one} does not begin until ${dayWords(firstDay)}, according to the roster.`,
      )
      .join('');
    const left =
      gone.length === 0
        ? ''
        : ` According to ${by} ${names(gone)} ${verb(gone.length, 'has', 'have')} left and ${verb(gone.length, 'is', 'are')} still named.`;
    const unnamed = INCIDENT_TYPES.filter(({ id }) => !named.has(id));
    const missing = unnamed.filter(({ hint }) => !perhaps(hint));
    if (missing.length > 0) {
      return because(
        'operations.incident_plan.types_missing',
        `The incident plan does not name ${count(missing.length, 'type')} of five: ${names(
          missing.map((t) => t.words),
          5,
        )}.${left}`,
        { gone },
      ).fail(
        evidence,
        missing.map(({ id, words }) => ({
          key: id,
          label: sentence(words),
          detail: 'Not among the types of the incident plan.',
          evidence,
        })),
      );
    }
    if (unnamed.length > 0)
      return because(
        'operations.incident_plan.types_unclear',
        `Whether the incident plan names ${names(
          unnamed.map((t) => t.words),
          5,
        )} is not clear from ${names(open.map((text) => `“${text}”`))}.${left}`,
        { gone },
      ).cannotRead(
        ask(
          'charter',
          'incidentPlan.types',
          `Write the types of incident under “incidentPlan” in the charter by their ids: ${INCIDENT_TYPES.map(({ id }) => id).join(', ')}.`,
          'types',
        ),
        evidence,
      );
    if (contacts.length === 0 && mute.length > 0)
      return because(
        'operations.incident_plan.contact_unreachable',
        `The incident plan names only ${names(mute)}, where mail reaches no one.`,
        { contacts: mute },
      ).fail(evidence);
    if (contacts.length === 0)
      return because('operations.incident_plan.no_contact', 'The incident plan names no contact.').fail(
        evidence,
      );
    const here = contacts.filter((one) => !gone.includes(one) && !ahead.some((other) => other.one === one));
    if (here.length === 0 && ahead.length > 0)
      return because(
        'operations.incident_plan.contacts_ahead',
        `The incident plan names no one who can be called today.${begin}${left}`,
        { contacts, gone },
      ).fail(evidence);
    if (here.length === 0)
      return because(
        'operations.incident_plan.contacts_left',
        `According to ${by} ${names(gone)} ${verb(gone.length, 'has', 'have')} left, so the incident plan names no one who can be called.`,
        { contacts },
      ).fail(evidence);
    if (plan.reviewed > today)
      return because(
        'operations.incident_plan.review_ahead',
        `The charter gives ${dayWords(plan.reviewed)} as the day on which the incident plan was reviewed, which is in the future.`,
      ).fail(evidence);
    const age = daysBetween(plan.reviewed, today);
    if (age > days) {
      return because(
        'operations.incident_plan.review_overdue',
        `The incident plan was last reviewed on ${dayWords(plan.reviewed)}, ${count(age, 'day')} ago; it is due every ${days} days.`,
      ).fail(evidence);
    }
    if (gone.length > 0)
      return because(
        'operations.incident_plan.contact_left',
        `The incident plan names ${names(gone)} as ${verb(gone.length, 'a contact', 'contacts')}, and according to ${by} ${verb(gone.length, 'this person has', 'these people have')} left. Who can still be called: ${names(here)}.${begin}`,
        { contacts, gone },
      ).fail(
        evidence,
        gone.map((one) => ({
          key: one.toLowerCase(),
          label: one,
          detail: `Has left according to ${former.includes(one) ? 'the plan itself' : 'the roster'} and is still a contact in the incident plan.`,
          evidence,
        })),
      );
    const which = askWhichRoster(context, here, evidence);
    if (which !== null) return which;
    const offices = here.filter((one) => namesOffice(one) || namesMailbox(one));
    const remark =
      offices.length > 0
        ? ` ${names(offices)} ${verb(offices.length, 'is an office or a mailbox', 'are offices or mailboxes')} of several people${offices.length === here.length ? ', so no person is named who answers for it' : ''}.`
        : '';
    return because(
      'operations.incident_plan.complete',
      `The incident plan names all five types of incident. ${verb(here.length, 'The contact is', 'The contacts are')} ${names(here)}.${remark}${begin} It was reviewed on ${dayWords(plan.reviewed)}.`,
      { contacts },
    ).pass(evidence);
  },
});
// Guide: G7.2-00 G7.2-01 G7.2-05 G7.2-09 G7.2-13 G7.2-17

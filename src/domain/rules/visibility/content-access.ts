import { z } from 'zod';
import { API_CALL, opensContent as throughInterface } from '../../activity/rule-events.ts';
import type { ActivityRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import { type CheckContext, defineRule, isUnread } from '../../model/rule.ts';
import { saysFormer } from '../../people/former.ts';
import { differentPeople, namesMailbox, namesOffice } from '../../people/names.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { askCharter } from '../operations/ask.ts';
import { because } from '../outcome.ts';
import { filteredEvents } from '../whole-window.ts';
import { exportsIn } from './exports.ts';

/**
 * Guide 5.2 and 8: conversation content is opened only in an investigation, under a rule that people were told about.
 */
export const contentAccess = defineRule({
  name: 'content-access',
  about:
    'The charter states whether conversation content may be opened and, if so, names two approvers. Letting text of conversations be kept means allowing that it is opened, and needs two approvers of its own. If the charter forbids it, an event that shows content being read or exported contradicts it.',
  failsFromPart: ['activities', 'audit_log'],
  params: z.strictObject({ approvers: z.number().int().min(1).default(2) }),
  decide(context, { approvers }) {
    const { charter } = context;
    const rule = charter.ok ? charter.value.contentAccess : undefined;
    if (!charter.ok || !rule)
      return askCharter(
        context,
        'contentAccess',
        'whether conversation content may be opened',
        'allowed, and the approvers',
      );
    const offices = rule.approvers.filter((one) => isOfNobody(context, one, context.today));
    const is = (state: 'left' | 'not_yet') =>
      rule.approvers.filter((one) => context.signer(one, context.today).is === state);
    const former = rule.approvers.filter(saysFormer);
    const gone = is('left').filter((one) => !former.includes(one));
    const ahead = is('not_yet');
    const people = differentPeople(
      rule.approvers.filter((one) => ![...gone, ...former, ...ahead, ...offices].includes(one)),
    );
    const cite = charter.cite(
      'contentAccess',
      rule.allowed ? `allowed, ${count(people.length, 'approver')}` : 'not allowed',
    );
    if (rule.allowed && people.length < approvers) {
      const left =
        gone.length > 0
          ? ` ${names(gone)} ${verb(gone.length, 'has', 'have')} left according to the roster.`
          : '';
      const past =
        former.length > 0
          ? ` The charter itself says that ${names(former)} ${verb(former.length, 'is', 'are')} no longer here.`
          : '';
      const begin =
        ahead.length > 0
          ? ` ${names(ahead)} ${verb(ahead.length, 'has', 'have')} not begun work here, according to the roster.`
          : '';
      const several =
        offices.length > 0
          ? ` ${names(offices)} ${verb(offices.length, 'is an office or a mailbox', 'are offices or mailboxes')} of several people, not a person.`
          : '';
      const named = people.length === 0 ? 'names no one' : `names only ${names(people)}`;
      return because(
        'visibility.content_access.too_few_approvers',
        `The charter lets conversation content be opened and ${named} to approve it; ${approvers} people are required.${several}${left}${past}${begin}`,
      ).fail([cite]);
    }
    const kept = charter.value.contentKept;
    if (kept !== undefined) {
      const says = charter.cite(
        'contentKept',
        `text is kept until ${dayWords(kept.until)}, approved by ${names(kept.approvedBy)}`,
      );
      if (!rule.allowed)
        return because(
          'visibility.content_access.kept_though_forbidden',
          'The charter forbids opening conversation content but still lets text of it be kept, which no one may then open.',
        ).fail([cite, says]);
      // People who had left before the day on which the charter began to say so cannot have approved it.
      const day = context.charterSince('contentKept') ?? context.today;
      const counting = kept.approvedBy.filter(
        (one) => context.signer(one, day).is !== 'left' && !saysFormer(one) && !isOfNobody(context, one, day),
      );
      if (differentPeople(counting).length < approvers)
        return because(
          'visibility.content_access.kept_too_few_approvers',
          `The charter lets text be kept, and ${counting.length === 0 ? 'no one who worked here' : `only ${names(counting)}`} approved it; ${approvers} people are required.`,
        ).fail([cite, says]);
    }
    const events = context.events();
    const members = context.read('members');
    // The start, end and download of one export count as one.
    const exported = exportsIn(events.ok ? events.rows.filter((row) => EXPORT.test(row.type)) : [], {
      zone: context.profile.timezone,
      members: members.ok ? members.rows : [],
    }).filter(({ row }) => opensContent(row));
    const opened = events.ok
      ? [
          ...events.rows.filter((row) => !EXPORT.test(row.type) && opensContent(row)),
          ...exported.map(({ row }) => row),
        ].toSorted((a, b) => a.at.localeCompare(b.at))
      : [];
    if (!rule.allowed && events.ok && opened.length > 0) {
      const last = opened.at(-1);
      const who = [...new Set(opened.map((row) => row.actorName ?? row.actorEmail ?? 'an API key'))];
      return because(
        'visibility.content_access.opened_though_forbidden',
        `The charter forbids opening conversation content, and ${count(opened.length, 'event shows', 'events show')} it being read or exported, the last on ${dayWords(dayOf(last?.at ?? '', context.profile.timezone))}: ${names(who)}.`,
      ).fail([cite, ...opened.slice(-10).map((row) => events.cite(row, row.type.replace(/_/g, ' ')))]);
    }
    // Enterprise has a log that would show it; Team has none, so only the rule itself can be evaluated.
    const unread = events.ok
      ? events.unread
      : isUnread(events.code) || context.profile.claudePlan === 'enterprise'
        ? events
        : undefined;
    if (!rule.allowed && unread !== undefined)
      return because(
        'visibility.content_access.events_unread',
        `The charter forbids opening conversation content. It is not known whether it was opened. ${unread.why}`,
      ).cannotRead(unread.howToGet, [cite]);
    const part = events.ok && !rule.allowed ? filteredEvents(context, events) : null;
    if (part !== null)
      return because(
        'visibility.content_access.events_filtered',
        `The charter forbids opening conversation content. It is not known whether it was opened. ${part}`,
      ).cannotRead(
        ask('source', 'audit_log', 'Export the audit log again, without a filter.', 'unfiltered'),
        [cite, ...(events.ok ? events.evidence : [])],
      );
    const seen = events.ok
      ? `Events from ${dayWords(events.from)} to ${dayWords(events.to)} show it ${opened.length === 0 ? 'not once' : count(opened.length, 'time')}.`
      : 'Whether it was opened cannot be seen from the files provided.';
    return because(
      'visibility.content_access.as_decided',
      rule.allowed
        ? `According to the charter, conversation content may be opened only with the approval of ${names(people, 5)}. ${seen}${opened.length === 0 ? '' : ' No file shows whether that was approved.'}`
        : `The charter forbids opening conversation content. ${seen}`,
      { allowed: rule.allowed },
    ).pass([cite, ...(events.ok ? events.evidence : [])]);
  },
});

/** Whether an approver is an office, a position, or a mailbox that no list shows to be one person's. */
function isOfNobody(context: CheckContext, one: string, day: string): boolean {
  return namesOffice(one) || (namesMailbox(one) && context.signer(one, day).is !== 'works_here');
}

const EXPORT = /^org_data_export_(started|completed|accessed)$/;

/** Reads of messages, files or artifacts through the Compliance API, and exports of conversations. */
function opensContent(row: ActivityRow): boolean {
  // An export of an unknown type may contain conversations.
  if (EXPORT.test(row.type)) return row.detail.export_type !== 'workbench';
  return row.type === API_CALL && throughInterface(row.detail);
}
// Guide: G5.1-05 G5.2-04 G8-14 GB-09

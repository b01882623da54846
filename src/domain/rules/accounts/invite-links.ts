import { z } from 'zod';
import { addDays, daysBetween } from '../../model/day.ts';
import { dayOf } from '../../model/local-time.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { dayWords, names, verb } from '../../text/words.ts';
import { coveredThrough, lastTogether } from '../connectors/events.ts';
import { because } from '../outcome.ts';
import { accountItem, readMembers } from './members.ts';
import { readSetting } from './settings.ts';

/** Days after which an invite link expires (support article 13776697, read 2026-08-22). */
const LINK_DAYS = 90;
const LINK_EVENTS = new Set([
  'org_invite_link_generated',
  'org_invite_link_regenerated',
  'org_invite_link_disabled',
]);

/**
 * An invite link lets anyone with an address on an allowed domain join without approval. It is not available if sign-in
 * through an identity provider is set up.
 */
export const inviteLinks = defineRule({
  name: 'invite-links',
  about:
    'The newest invite-link event decides: switched off, or made and not yet expired after 90 days. If someone joined by link after it was seen switched off, it was on.',
  needs: { members: ['joinedBy', 'addedOn'] },
  params: z.strictObject({
    /** Maximum days between the end of the log and today. */
    logDays: z.number().int().min(1).default(14),
  }),
  decide(context, { logDays }) {
    const { today } = context;
    const zone = context.profile.timezone;
    const events = context.events();
    const together = events.ok ? lastTogether(events.rows.filter((row) => LINK_EVENTS.has(row.type))) : [];
    // Of two events with the same instant, the one that created a link counts.
    const newest = together.find(({ type }) => type !== 'org_invite_link_disabled') ?? together.at(-1);
    const made = newest && newest.type !== 'org_invite_link_disabled' ? dayOf(newest.at, zone) : null;
    if (events.ok && newest && made && daysBetween(made, today) <= LINK_DAYS)
      return because(
        'accounts.invite_links.link_open',
        `An invite link was created on ${dayWords(made)} and is good until ${dayWords(addDays(made, LINK_DAYS))}. Anyone who has it and an address on an allowed domain can join without approval.`,
      ).fail([events.cite(newest, 'invite link made')]);

    const joined = joinedByLink(context);
    const off = context.attestations.find((a) => a.holds)?.seen;
    const later = joined.filter(({ on }) => off !== undefined && on !== null && on > off);
    if (later.length > 0)
      return because(
        'accounts.invite_links.joined_after_off',
        `${names(later.map(({ item }) => item.label))} joined by invite link after ${dayWords(off ?? '')}, when it was stated to be off.`,
      ).fail(
        later.flatMap(({ item }) => item.evidence),
        later.map(({ item }) => item),
      );

    const sso = readSetting(context, 'sso_enabled', 'sign-in through an identity provider');
    if (sso.ok && sso.value === true)
      return because(
        'accounts.invite_links.no_links_with_sso',
        'Sign-in through an identity provider is on, and Claude offers no invite links with it.',
      ).notApplicable(sso.evidence);

    if (events.ok && newest) {
      const evidence = [
        events.cite(
          newest,
          newest.type.endsWith('disabled') ? 'invite link switched off' : 'invite link made',
        ),
      ];
      if (daysBetween(events.to, today) > logDays)
        return because(
          'accounts.invite_links.events_end',
          `The events end on ${dayWords(events.to)}. A link may have been made since.`,
        ).cannotRead(ask('source', 'activities', 'Import events up to this week.', 'this_week'), evidence);
      if (coveredThrough(context, dayOf(newest.at, zone)) === null)
        return because(
          'accounts.invite_links.log_has_gaps',
          `The last invite-link event is from ${dayWords(dayOf(newest.at, zone))}, and the log does not cover every day since. A link may have been made in between.`,
        ).cannotRead(
          ask(
            'source',
            'activities',
            `Import events from ${dayWords(dayOf(newest.at, zone))} on, without a gap.`,
            newest.at,
          ),
          evidence,
        );
      const on = dayWords(dayOf(newest.at, zone));
      return newest.type === 'org_invite_link_disabled'
        ? because(
            'accounts.invite_links.off',
            `Invite links were switched off on ${on}, and none was made since, up to ${dayWords(events.to)}.`,
          ).pass(evidence)
        : because(
            'accounts.invite_links.link_expired',
            `The last invite link was made on ${on} and expired after ${LINK_DAYS} days; none was made since, up to ${dayWords(events.to)}.`,
          ).pass(evidence);
    }
    const recent = joined.filter(({ on }) => on === null || daysBetween(on, today) <= LINK_DAYS);
    const hint =
      recent.length > 0
        ? ` ${names(recent.map(({ item }) => item.label))} ${verb(recent.length, 'has', 'have')} joined by link, so one was on at that time.`
        : '';
    const evidence = recent.flatMap(({ item }) => item.evidence);
    if (events.ok)
      return because(
        'accounts.invite_links.not_in_events',
        `The events from ${dayWords(events.from)} to ${dayWords(events.to)} say nothing about invite links; one may have been made before.${hint}`,
      ).cannotRead(
        null,
        [...events.evidence, ...evidence],
        recent.map(({ item }) => item),
      );
    return because(
      'accounts.invite_links.no_events',
      context.profile.claudePlan === 'enterprise'
        ? `${events.why}${hint}`
        : `On Claude Team invite links are on from the start, and no export shows whether they still are.${hint}`,
    ).cannotRead(
      context.profile.claudePlan === 'enterprise' ? events.howToGet : null,
      evidence,
      recent.map(({ item }) => item),
    );
  },
});

/** Accounts that the members file marks as joined by link, with the day if given. */
function joinedByLink(
  context: Parameters<typeof inviteLinks.decide>[0],
): { item: Item; on: string | null }[] {
  const members = readMembers(context);
  if (!members.ok) return [];
  return members.accounts.flatMap((one) => {
    const row = one.rows.find((r) => /\blink\b/i.test((r.joinedBy ?? '').replace(/_/g, ' ')));
    if (!row) return [];
    const on = row.addedOn?.slice(0, 10) ?? null;
    return [
      {
        item: accountItem(
          one,
          on ? `joined by link on ${dayWords(on)}` : 'joined by link, day not known',
          members.read,
        ),
        on,
      },
    ];
  });
}
// Guide: G2.2-09

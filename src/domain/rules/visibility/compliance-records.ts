import { z } from 'zod';
import { onOff } from '../../activity/payload.ts';
import { daysBetween } from '../../model/day.ts';
import { type ActivityRow, KINDS } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import { defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';

/** Guide 1.1 and 5.2: the Compliance API is on and recording. Nothing is recorded while it is off, not even later. */
export const complianceRecords = defineRule({
  name: 'compliance-records',
  about:
    'The activity feed holds events within the window, and the last change of the Compliance API settings did not switch it or its logging off.',
  params: z.strictObject({ days: z.number().int().min(1).default(7) }),
  decide(context, { days }) {
    const dayText = (at: string) => dayWords(dayOf(at, context.profile.timezone));
    const feed = context.read('activities');
    const events = context.events();
    if (context.recording?.on === false)
      return because(
        'visibility.compliance_records.not_recording',
        `Anthropic reports that the Compliance API is not recording, as read on ${dayText(context.recording.at)}. What happens while it is off can never be read later.`,
      ).fail([
        {
          kind: 'activities',
          file: 'Compliance API settings',
          observedOn: context.today,
          says: 'recording is off',
        },
      ]);
    if (events.ok) {
      const changes = events.rows.filter((row) => row.type === 'org_compliance_api_settings_updated');
      const last = changes.at(-1);
      // Two changes with the same instant have no order, so the one that switches off counts.
      const same = changes.filter((row) => row.at === last?.at);
      const off = same.find((row) => switched(row) === false);
      if (off) {
        const who = off.actorName ?? off.actorEmail;
        return because(
          'visibility.compliance_records.off',
          `The Compliance API was switched off on ${dayText(off.at)}${who ? ` by ${who}` : ''}, and no later event switches it on. Nothing is recorded while it is off.`,
        ).fail([events.cite(off, 'recording switched off')]);
      }
      if (last && same.every((row) => switched(row) === null)) {
        return because(
          'visibility.compliance_records.setting_unknown',
          `The settings of the Compliance API were changed on ${dayText(last.at)}, and the event does not say to what.`,
        ).cannotRead(
          ask(
            'source',
            'activities',
            'Save a newer answer of the Compliance API about activities, or look at Organization settings > API.',
            'newer',
          ),
          [events.cite(last, 'settings changed')],
        );
      }
    }
    if (!feed.ok) return absent(feed).cannotRead(feed.howToGet);
    const past = feed.rows.filter((row) => row.at <= context.now);
    const newest = past.reduce<ActivityRow | null>(
      (best, row) => (best === null || row.at > best.at ? row : best),
      null,
    );
    if (!newest)
      return because(
        'visibility.compliance_records.empty',
        'The activity feed has no events, which does not show that anything is recorded.',
      ).cannotRead(ask('source', 'activities', KINDS.activities.howToGet), feed.evidence);
    const age = daysBetween(dayOf(newest.at, context.profile.timezone), context.today);
    if (age > days) {
      return because(
        'visibility.compliance_records.old',
        `The newest event of the activity feed is from ${dayText(newest.at)}, ${count(age, 'day')} ago. It is valid for ${count(days, 'day')}.`,
      ).cannotRead(ask('source', 'activities', KINDS.activities.howToGet), [
        feed.cite(newest, `newest event ${dayText(newest.at)}`),
      ]);
    }
    return because(
      'visibility.compliance_records.recording',
      `The Compliance API is recording: ${count(past.length, 'event')}, the newest from ${dayText(newest.at)}.`,
    ).pass([...feed.evidence, feed.cite(newest, `newest event ${dayText(newest.at)}`)]);
  },
});

/** true: recording is on after the change; false: off; null: the event does not say. */
function switched(row: ActivityRow): boolean | null {
  const values = ['compliance_api_enabled', 'compliance_api_logging_enabled'].map((name) =>
    onOff(row.detail, name),
  );
  if (values.includes(false)) return false;
  return values.includes(true) ? true : null;
}
// Guide: G1.1-10 G2.2-32 G5.2-00

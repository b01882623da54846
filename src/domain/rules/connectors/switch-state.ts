import { z } from 'zod';
import { onOff, switchedTo } from '../../activity/payload.ts';
import type { ActivityRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { dayWords } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { statementOf } from '../statements.ts';
import { byWhom, coveredThrough, lastTogether } from './events.ts';

const sign = z.strictObject({
  type: z.string().min(1),
  /** For events with the new value in a field, instead of two event types. */
  field: z.string().min(1).optional(),
  is: z.boolean().optional(),
  /** Whether this event means that the control's requirement is met. */
  holds: z.boolean(),
});

/**
 * CON-18 and CON-20: a switch, read from its last event (Enterprise). The absence of events alone proves nothing: then
 * a person must have seen the state, and the log must cover every day since.
 */
export const switchState = defineRule({
  name: 'connector-switch-state',
  about:
    'The last event of a switch says how it is set, as far as the log reaches without a gap. Without an event, this needs a statement of how the switch was set and a log of every day since.',
  failsFromPart: ['activities', 'audit_log'],
  params: z.strictObject({
    signs: z.array(sign).min(1),
    right: z.string().min(1),
    wrong: z.string().min(1),
    look: z.string().min(1),
  }),
  decide(context, { signs, right, wrong, look }) {
    if (context.profile.claudePlan !== 'enterprise')
      return because(
        'connectors.switch_state.not_on_plan',
        'No file on this Claude plan shows the switch.',
      ).cannotRead(null);
    const events = context.events();
    if (!events.ok) return absent(events).cannotRead(events.howToGet);
    if (isPage(context))
      return because(
        'connectors.switch_state.page',
        'The log is one page of a longer one, and the switch may have been changed again in the rest of it.',
      ).cannotRead(null, events.evidence);
    const zone = context.profile.timezone;
    const meaning = ({ type, detail }: ActivityRow): boolean | null => {
      const hit = signs.find(
        (one) => one.type === type && (one.field === undefined || onOff(detail, one.field) === one.is),
      );
      if (hit === undefined) return null;
      // A type that says on or off does not count if the event's own fields contradict it.
      return hit.field === undefined && /_(en|dis)abled$/.test(type) && switchedTo(type, detail) === null
        ? null
        : hit.holds;
    };
    const together = lastTogether(events.rows.filter((row) => signs.some((one) => one.type === row.type)));
    const last =
      together.find((row) => meaning(row) === false) ??
      together.find((row) => meaning(row) === null) ??
      together.at(-1);
    const seen = statementOf(context);
    const lastDay = last ? dayOf(last.at, zone) : null;
    const question = ask('attestation', context.control.id, look);
    if (last && lastDay && (!seen || seen.seen <= lastDay)) {
      const holds = meaning(last);
      const evidence = [events.cite(last, `set by ${byWhom(last, zone)}`)];
      if (holds === null)
        return because(
          'connectors.switch_state.value_unknown',
          `The switch was changed by ${byWhom(last, zone)}; the event does not say to what.`,
        ).cannotRead(question, evidence);
      if (!holds)
        return because('connectors.switch_state.wrong', `${wrong} Set by ${byWhom(last, zone)}.`, {
          by: last.actorEmail ?? last.actorName,
        }).fail(evidence);
      const through = coveredThrough(context, lastDay);
      if (through === null)
        return because(
          'connectors.switch_state.log_has_gaps',
          `The switch was set as it should be by ${byWhom(last, zone)}; the log does not cover the days after.`,
        ).cannotRead(question, evidence);
      return because(
        'connectors.switch_state.right',
        `${right} Set by ${byWhom(last, zone)}, and no change since, through ${dayWords(through)}.`,
        { by: last.actorEmail ?? last.actorName },
      ).pass([...evidence, ...events.evidence]);
    }
    if (!seen)
      return because(
        'connectors.switch_state.not_in_log',
        `The log of ${dayWords(events.from)} to ${dayWords(events.to)} holds no change of the switch, which says nothing about the time before.`,
      ).cannotRead(question, events.evidence);
    const cited = context.citeAttestation(seen);
    if (!seen.holds)
      return because(
        'connectors.switch_state.seen_wrong',
        `${wrong} ${seen.by} saw it on ${dayWords(seen.seen)}, and the log holds no change since.`,
        { by: seen.by },
      ).fail([cited, ...events.evidence]);
    const through = coveredThrough(context, seen.seen);
    if (through === null)
      return because(
        'connectors.switch_state.seen_right_log_has_gaps',
        `${seen.by} saw on ${dayWords(seen.seen)} that it is as required; the log does not cover every day since.`,
        { by: seen.by },
      ).cannotRead(question, [cited, ...events.evidence]);
    return because(
      'connectors.switch_state.seen_right',
      `${right} ${seen.by} saw it on ${dayWords(seen.seen)}, and the log holds no change since, through ${dayWords(through)}.`,
      { by: seen.by },
    ).pass([cited, ...events.evidence]);
  },
});

/** Whether only pages of the log without the last one were given, so that later events may be missing. */
function isPage(context: CheckContext): boolean {
  return (['activities', 'audit_log'] as const).some((kind) => {
    const log = context.read(kind);
    return log.ok && log.inPart === true && log.readings.every(({ complete }) => !complete);
  });
}
// Guide: G2.2-22 G3.2-00 G4-01 G7.1-07 G7.2-17

import { z } from 'zod';
import { fieldOf, onOff, switchedTo } from '../../activity/payload.ts';
import { daysBetween } from '../../model/day.ts';
import { dayOf } from '../../model/local-time.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule, type Events } from '../../model/rule.ts';
import { type Ask, ask } from '../../text/message.ts';
import { count, dayWords } from '../../text/words.ts';
import { coveredThrough, lastTogether } from '../connectors/events.ts';
import { askCharter } from '../operations/ask.ts';
import { because } from '../outcome.ts';

/**
 * Guide 1.1, 2.2 and 5.3: Cowork sends telemetry to the collector that the charter names. If Bylaw is that collector,
 * received telemetry proves it on every plan.
 */
export const coworkTelemetry = defineRule({
  name: 'cowork-telemetry',
  about:
    'Telemetry of Cowork that names the client’s own organization came in here within the window and the settings were not changed since; or the last change of the Cowork telemetry settings sets an endpoint, and it is the one in the charter. The charter alone says what is intended, not what is set.',
  params: z.strictObject({
    /** Days for which received telemetry counts. */
    receivedDays: z.number().int().min(1).default(7),
  }),
  decide(context, { receivedDays }) {
    const { charter } = context;
    if (charter.ok && charter.value.cowork?.enabled === false) {
      const since = context.charterSince('cowork.enabled');
      const seen = receivedHere(context, since, receivedDays);
      if (seen?.counts === true && since === undefined)
        return because(
          'visibility.cowork_telemetry.off_since_unknown',
          `The charter states that Cowork is switched off, but not since when. ${seen.says} That may have been before it was switched off.`,
        ).cannotRead(
          ask(
            'look',
            'cowork',
            'Look at Organization settings > Cowork, and see whether it is switched off.',
          ),
          [charter.cite('cowork.enabled', 'Cowork off'), seen.cite],
        );
      if (seen?.counts === true)
        return because(
          'visibility.cowork_telemetry.off_and_received',
          `The charter states that Cowork is switched off, and it is in use: ${seen.says}`,
        ).fail([charter.cite('cowork.enabled', 'Cowork off'), seen.cite]);
      const log = context.events();
      const switched = log.ok
        ? log.rows.findLast(({ type }) => type === 'org_cowork_enabled' || type === 'org_cowork_disabled')
        : undefined;
      if (log.ok && switched !== undefined && switchedTo(switched.type, switched.detail) !== false)
        return because(
          'visibility.cowork_telemetry.off_and_switched_on',
          `The charter states that Cowork is switched off, and according to the log it was switched on, last on ${dayWords(dayOf(switched.at, context.profile.timezone))}.`,
        ).cannotRead(
          ask(
            'look',
            'cowork',
            'Look at Organization settings > Cowork, and see whether it is switched off.',
          ),
          [charter.cite('cowork.enabled', 'Cowork off'), log.cite(switched, 'Cowork switched on')],
        );
      return because(
        'visibility.cowork_telemetry.switched_off',
        'The charter states that Cowork is switched off.',
      ).notApplicable([charter.cite('cowork.enabled', 'Cowork off')]);
    }
    const wanted = charter.ok ? charter.value.telemetry : undefined;
    const meant = charter.ok && wanted ? [charter.cite('telemetry', `endpoint ${wanted.endpoint}`)] : [];
    const approved = wanted
      ? ` The charter names ${wanted.endpoint}, which shows what is intended, not what is set.`
      : '';
    const events = context.events();
    const together = events.ok
      ? lastTogether(events.rows.filter((row) => row.type === 'org_cowork_otlp_settings_updated'))
      : [];
    const last = together.at(-1);
    const zone = context.profile.timezone;
    const changedOn = last === undefined ? undefined : dayOf(last.at, zone);
    const came = receivedHere(context, changedOn, receivedDays);
    const set = last?.detail.new_otlp_endpoint;
    const elsewhere =
      wanted !== undefined && typeof set === 'string' && set !== '' && tidy(wanted.endpoint) !== tidy(set);
    const off = switchedOff(context, events);
    if (off !== null && !(came?.counts === true && came.on > off.on))
      return because(
        'visibility.cowork_telemetry.cowork_off',
        `Cowork was switched off on ${dayWords(off.on)}, and since then it sends nothing.`,
      ).changedOn(
        off.on,
        ask(
          'charter',
          'cowork.enabled',
          'If Cowork is to stay switched off, write `enabled: false` under “cowork” in the charter.',
        ),
        [off.cite],
      );
    if (came?.counts === true && wanted === undefined)
      return {
        ...askCharter(context, 'telemetry', 'where telemetry is sent', 'the intended endpoint'),
        evidence: [came.cite],
      };
    if (came?.counts === true && !elsewhere)
      return because(
        'visibility.cowork_telemetry.received',
        `${came.says} That is valid for ${count(receivedDays, 'day')}.${wanted ? ` The charter names ${wanted.endpoint}.` : ''} Chat in the browser sends none.`,
      ).pass([came.cite, ...meant]);
    const besides = came === null ? '' : ` ${came.says}`;
    if (!events.ok)
      return because(
        'visibility.cowork_telemetry.events_unread',
        `${events.why}${besides}${approved}`,
      ).cannotRead(came?.question ?? events.howToGet, [...(came === null ? [] : [came.cite]), ...meant]);
    if (!last) {
      return because(
        'visibility.cowork_telemetry.not_in_log',
        `The events since ${dayWords(events.from)} hold no change of the Cowork telemetry settings, so the current setting is not known.${besides}${approved}`,
      ).cannotRead(
        ask(
          'source',
          'activities',
          'Import activity pages that reach back to when the endpoint was set, or look at Organization settings > Cowork.',
          'since_endpoint',
        ),
        came === null ? events.evidence : [...events.evidence, came.cite],
      );
    }
    // Two changes with the same instant have no order, so they have to agree.
    const endpoint = together.every((row) => row.detail.new_otlp_endpoint === last.detail.new_otlp_endpoint)
      ? last.detail.new_otlp_endpoint
      : undefined;
    const on = dayWords(dayOf(last.at, zone));
    const cite = [
      events.cite(last, typeof endpoint === 'string' && endpoint ? `endpoint ${endpoint}` : 'no endpoint'),
      ...meant,
    ];
    if (endpoint === undefined)
      return because(
        'visibility.cowork_telemetry.endpoint_unknown',
        `The Cowork telemetry settings were changed on ${on}, and the event does not name the endpoint.`,
      ).cannotRead(ask('look', 'cowork', 'Look at Organization settings > Cowork.'), cite);
    const exports = together.map(({ detail }) => [onOff(detail, 'enabled'), onOff(detail, 'otlp_enabled')]);
    const protocol = fieldOf(last.detail, 'otlp_protocol');
    if (exports.flat().includes(false) || protocol === null || protocol === '')
      return because(
        'visibility.cowork_telemetry.export_off',
        `The export of Cowork telemetry was switched off on ${on}. Since then nothing is sent.`,
      ).fail(cite);
    if (endpoint === null || endpoint === '')
      return because(
        'visibility.cowork_telemetry.cleared',
        `The Cowork telemetry endpoint was cleared on ${on}. Since then nothing is sent.`,
      ).fail(cite);
    if (typeof endpoint !== 'string')
      return because(
        'visibility.cowork_telemetry.endpoint_unreadable',
        `The endpoint in the event of ${on} cannot be understood.`,
      ).cannotRead(ask('look', 'cowork', 'Look at Organization settings > Cowork.'), cite);
    if (wanted && tidy(wanted.endpoint) !== tidy(endpoint)) {
      return because(
        'visibility.cowork_telemetry.elsewhere',
        `Cowork has sent telemetry to ${endpoint} since ${on}; the charter names ${wanted.endpoint}.`,
        { endpoint, wanted: wanted.endpoint },
      ).fail(cite);
    }
    if (coveredThrough(context, dayOf(last.at, context.profile.timezone)) === null)
      return because(
        'visibility.cowork_telemetry.log_has_gaps',
        `Cowork telemetry was set to ${endpoint} on ${on}. The log does not cover every day since, so a later change could be missing.`,
        { endpoint },
      ).cannotRead(
        ask('source', 'activities', `Import activity pages from ${on} on, without a gap.`, on),
        cite,
      );
    if (wanted === undefined)
      return because(
        'visibility.cowork_telemetry.not_decided',
        `Cowork telemetry has been set to ${endpoint} since ${on}, and the charter names none to compare with.`,
        { endpoint },
      ).cannotRead(
        ask('charter', 'telemetry', 'Write the intended endpoint under “telemetry” in the charter.'),
        cite,
      );
    return because(
      'visibility.cowork_telemetry.set',
      `Cowork telemetry has been set to ${endpoint} since ${on}, as the charter says. Chat in the browser sends none.`,
      { endpoint },
    ).pass(cite);
  },
});

/** The last switch of Cowork in the log, if it left Cowork off; null: it is on, or nothing shows it. */
function switchedOff(
  { profile }: CheckContext,
  events: Events,
): { readonly on: string; readonly cite: Evidence } | null {
  if (!events.ok) return null;
  const last = events.rows.findLast(
    ({ type, detail }) =>
      (type === 'org_cowork_enabled' || type === 'org_cowork_disabled') && switchedTo(type, detail) !== null,
  );
  return last === undefined || switchedTo(last.type, last.detail) !== false
    ? null
    : { on: dayOf(last.at, profile.timezone), cite: events.cite(last, 'Cowork switched off') };
}

interface Came {
  /** Day on which it last came in. */
  readonly on: string;
  /** Whether it shows that Cowork sends telemetry now. */
  readonly counts: boolean;
  readonly says: string;
  readonly cite: Evidence;
  readonly question?: Ask;
}

/** Cowork telemetry received by Bylaw; null: none. A change of the settings on the same day or later overrides it. */
function receivedHere(
  { journal, today }: CheckContext,
  changedOn: string | undefined,
  days: number,
): Came | null {
  if (!journal.ok) return null;
  const at = (journal.value.telemetryReceived ?? []).findIndex(({ from }) => from === 'cowork');
  const received = journal.value.telemetryReceived?.[at];
  if (received === undefined) return null;
  const { on, organization } = received;
  const cite = journal.cite(`telemetryReceived.${at}`, `telemetry of Cowork, ${dayWords(on)}`);
  if (organization === 'not_told')
    return {
      on,
      counts: false,
      says: `Telemetry of Cowork came in here on ${dayWords(on)}, and no one has said which organization is the client’s own.`,
      question: ask(
        'charter',
        'claudeOrganization',
        'Write the id of the Claude organization under “claudeOrganization” in the charter.',
      ),
      cite,
    };
  const says = `Telemetry of Cowork with the client’s own organization came in here, the last on ${dayWords(on)}.`;
  const fresh = on <= today && daysBetween(on, today) <= days;
  return { on, counts: fresh && (changedOn === undefined || changedOn < on), says, cite };
}

function tidy(endpoint: string): string {
  return endpoint
    .trim()
    .toLowerCase()
    .replace(/\/v1\/logs\/?$/, '')
    .replace(/(?<!\/)\/+$/, '');
}
// Guide: G1.1-11 G2.2-33 G5.2-02 G5.2-05 G5.2-06 G5.3-00

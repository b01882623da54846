import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import { dayWords } from '../../text/words.ts';
import { cannotRead, fail, notApplicable, pass } from '../outcome.ts';

/** Guide 1.1 and 5.3: Cowork sends telemetry to the collector that the charter names. */
export const coworkTelemetry = defineRule({
  name: 'cowork-telemetry',
  about:
    'The last change of the Cowork telemetry settings sets an endpoint, and it is the one in the charter. The charter alone states what is meant, not what is set.',
  params: z.strictObject({}),
  decide(context) {
    const { charter } = context;
    if (charter.ok && charter.value.cowork?.enabled === false) {
      return notApplicable('The charter states that Cowork is switched off.', [
        charter.cite('cowork.enabled', 'Cowork off'),
      ]);
    }
    const wanted = charter.ok ? charter.value.telemetry : undefined;
    const meant = charter.ok && wanted ? [charter.cite('telemetry', `endpoint ${wanted.endpoint}`)] : [];
    const approved = wanted
      ? ` The charter names ${wanted.endpoint}, which shows what is meant, not what is set.`
      : '';
    const events = context.events();
    if (!events.ok) return cannotRead(`${events.why}${approved}`, events.howToGet, meant);
    const last = events.rows.filter((row) => row.type === 'org_cowork_otlp_settings_updated').at(-1);
    if (!last) {
      return cannotRead(
        `The events since ${dayWords(events.from)} hold no change of the Cowork telemetry settings, so the present setting is not known.${approved}`,
        'Give activity pages that reach back to when the endpoint was set, or look at Organization settings > Cowork.',
        events.evidence,
      );
    }
    const endpoint = last.detail.new_otlp_endpoint;
    const on = dayWords(last.at);
    const cite = [
      events.cite(last, typeof endpoint === 'string' && endpoint ? `endpoint ${endpoint}` : 'no endpoint'),
      ...meant,
    ];
    if (endpoint === undefined)
      return cannotRead(
        `The Cowork telemetry settings were changed on ${on}, and the event does not name the endpoint.`,
        'Look at Organization settings > Cowork.',
        cite,
      );
    if (endpoint === null || endpoint === '')
      return fail(`The Cowork telemetry endpoint was cleared on ${on}. Since then nothing is sent.`, cite);
    if (typeof endpoint !== 'string')
      return cannotRead(
        `The endpoint in the event of ${on} cannot be understood.`,
        'Look at Organization settings > Cowork.',
        cite,
      );
    if (wanted && tidy(wanted.endpoint) !== tidy(endpoint)) {
      return fail(
        `Cowork sends telemetry to ${endpoint} since ${on}; the charter names ${wanted.endpoint}.`,
        cite,
      );
    }
    const approval = wanted ? 'as the charter names it' : 'the charter names none to compare with';
    return pass(
      `Cowork telemetry is set to ${endpoint} since ${on}, ${approval}. Chat in the browser sends none.`,
      cite,
    );
  },
});

function tidy(endpoint: string): string {
  return endpoint
    .trim()
    .toLowerCase()
    .replace(/\/v1\/logs\/?$/, '')
    .replace(/\/+$/, '');
}

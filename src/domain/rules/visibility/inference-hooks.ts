import { z } from 'zod';
import { asOnOff, fieldOf, onOff } from '../../activity/payload.ts';
import type { ActivityRow } from '../../model/kinds.ts';
import { dayOf } from '../../model/local-time.ts';
import { type CheckContext, defineRule, type Events } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { coveredThrough, lastTogether } from '../connectors/events.ts';
import { absent, because } from '../outcome.ts';

const UPDATED = 'inference_hooks_config_updated';
const DELETED = 'inference_hooks_config_deleted';
const TRIPPED = 'inference_hooks_circuit_breaker_tripped';
/** Part of the URL of Bylaw's own inference hook. */
const OWN_PATH = '/hooks/inference/';
const DECIDE = ask('look', 'prompt_checks_decision', 'Record the decision for or against prompt checks.');

const CHECK_HOOKS = ask(
  'look',
  'prompt_checks',
  'Look at the inference hooks in the organization settings of Claude, and record what you see.',
);

/** Inline checks of prompts (Enterprise, beta): set up, enforced, and not letting prompts through. */
export const inferenceHooks = defineRule({
  name: 'inference-hooks',
  about:
    'The changes of the hook configuration left it switched on, for every prompt, with refusals enforced and prompts blocked when the checker does not answer, and in a log of every day since, no prompt passed unchecked. If Bylaw is the hook, prompts have reached it, and it refuses rather than only watches.',
  params: z.strictObject({}),
  decide(context) {
    const events = context.events();
    if (!events.ok) return absent(events).cannotRead(events.howToGet);
    const changes = events.rows.filter((row) => row.type === UPDATED || row.type === DELETED);
    const last = changes.at(-1);
    const own = ownHook(context);
    if (!last && own?.newest && notChecked(context, events, undefined) === null)
      return because(
        'visibility.inference_hooks.own_only',
        `Claude asked Bylaw’s inference hook on ${dayWords(own.newest)}. The events since ${dayWords(events.from)} hold no change of the prompt checks, so what Claude does when the hook does not answer is not known.`,
      ).cannotRead(
        ask(
          'source',
          'activities',
          'Import activity pages that reach back to the last change, or record the decision.',
          'since_change',
        ),
        [own.cite],
      );
    if (!last) {
      const stopped = notChecked(context, events, undefined);
      if (stopped) return stopped;
      return because(
        'visibility.inference_hooks.not_in_log',
        `The events since ${dayWords(events.from)} hold no change of the prompt checks, so whether they are in use is not known.`,
      ).cannotRead(
        ask(
          'source',
          'activities',
          'Import activity pages that reach back to the last change, or record the decision.',
          'since_change',
        ),
        events.evidence,
      );
    }
    const cite = events.cite(last, last.type.replace(/_/g, ' '));
    const zone = context.profile.timezone;
    const on = dayWords(dayOf(last.at, zone));
    const together = lastTogether(changes);
    if (together.some(({ type }) => type === DELETED))
      return because(
        'visibility.inference_hooks.removed',
        `The configuration of the prompt checks was removed on ${on}. A person has to say whether that was decided.`,
      ).changedOn(dayOf(last.at, zone), DECIDE, [cite]);
    const since = changes.slice(changes.findLastIndex(({ type }) => type === DELETED) + 1);
    const set = configOf(since);
    if (together.some(({ detail }) => onOff(detail, 'enabled') === false) || set.enabled === false)
      return because(
        'visibility.inference_hooks.off',
        `The prompt checks are switched off, by the change of ${dayWords(dayOf(since.findLast(({ detail }) => onOff(detail, 'enabled') === false)?.at ?? last.at, zone))}. A person has to say whether that was decided.`,
      ).changedOn(dayOf(last.at, zone), DECIDE, [cite]);
    const stopped = notChecked(context, events, last);
    if (stopped) return stopped;
    const after = events.rows.filter((row) => row.at >= last.at);
    const changedOn = dayOf(last.at, zone);
    const unchecked = own?.unchecked ?? null;
    if (own && unchecked !== null && unchecked >= changedOn)
      return because(
        'visibility.inference_hooks.not_in_time',
        `Bylaw’s inference hook let prompts through that it could not check in time, the last on ${dayWords(unchecked)}.`,
      ).fail([cite, own.cite]);
    const decidedOn = own?.newest != null && own.newest >= changedOn ? own.newest : null;
    const denied = after.filter(({ type }) => type === 'inference_hooks_request_denied').length;
    // Refused prompts show that the checks were on, whatever the changes say.
    if (set.enabled === null && denied === 0 && decidedOn === null)
      return because(
        'visibility.inference_hooks.state_unknown',
        `The prompt checks were changed on ${on}, and no event says whether they are switched on.`,
      ).cannotRead(CHECK_HOOKS, [cite]);
    const leadsHere = set.address?.includes(OWN_PATH) === true;
    const weak = [
      ...weaknesses(set),
      ...(own?.mode === 'watch' && (decidedOn !== null || leadsHere)
        ? ['Bylaw’s hook only watches: what it would refuse is let through']
        : []),
    ];
    if (weak.length > 0)
      return because(
        'visibility.inference_hooks.weak',
        `The prompt checks are switched on, but ${weak.join(', and ')}.`,
        { gaps: weak },
      ).fail([cite]);
    const strange = unknownModes(set);
    if (strange.length > 0)
      return because(
        'visibility.inference_hooks.mode_unknown',
        `The prompt checks are switched on, with ${names(strange)}, which Bylaw does not know, so whether prompts can pass unchecked is not known.`,
      ).cannotRead(CHECK_HOOKS, [cite]);
    // One mode says both: shadow, allow or block. By default a prompt passes if the checker does not answer.
    if (set.failMode === null)
      return because(
        'visibility.inference_hooks.mode_unstated',
        'The prompt checks are switched on, and no event states what happens when the checker does not answer, so whether prompts can pass unchecked is not known.',
      ).cannotRead(CHECK_HOOKS, [cite]);
    if (leadsHere && decidedOn === null)
      return because(
        'visibility.inference_hooks.not_asked',
        `The prompt checks have pointed to Bylaw since ${on}, and no prompt has reached it.`,
      ).cannotRead(
        ask(
          'look',
          'prompt_checks',
          'Write a prompt in Claude, and see whether the inference hook decides on it.',
        ),
        [cite],
      );
    const through = coveredThrough(context, changedOn);
    if (through === null)
      return because(
        'visibility.inference_hooks.log_has_gaps',
        `The prompt checks have been switched on since ${on}. The log does not cover every day since, so a later change or a prompt that passed unchecked could be missing.`,
      ).cannotRead(ask('source', 'activities', `Import activity pages from ${on} on, without a gap.`, on), [
        cite,
        ...events.evidence,
      ]);
    return because(
      'visibility.inference_hooks.working',
      `Prompt checks have been set up since ${on}; ${count(denied, 'prompt')} ${verb(denied, 'was', 'were')} refused and none passed unchecked, through ${dayWords(through)}.${decidedOn === null ? '' : ` Bylaw decided on prompts, the last on ${dayWords(decidedOn)}.`}`,
    ).pass([cite, ...(own && decidedOn !== null ? [own.cite] : []), ...events.evidence]);
  },
});

/** Prompts that reached Claude unchecked since the last change, or in the whole log if it has none. */
function notChecked(
  context: CheckContext,
  events: Extract<Events, { ok: true }>,
  last: ActivityRow | undefined,
): Outcome | null {
  const dayText = ({ at }: ActivityRow) => dayWords(dayOf(at, context.profile.timezone));
  const after = events.rows.filter((row) => last === undefined || row.at >= last.at);
  const change = last === undefined ? [] : [events.cite(last, last.type.replace(/_/g, ' '))];
  const tripped = after.findLast(({ type }) => type === TRIPPED);
  if (tripped)
    return because(
      'visibility.inference_hooks.tripped',
      `The prompt checks stopped by themselves on ${dayText(tripped)}, because the checker failed too often, and no later event shows that they were started again.`,
    ).fail([...change, events.cite(tripped, 'prompt checks stopped')]);
  const open = after.filter(({ type }) => type === 'inference_hooks_request_failed_open');
  const newest = open.at(-1);
  if (!newest) return null;
  return because(
    'visibility.inference_hooks.passed_unchecked',
    `${count(open.length, 'prompt')} passed unchecked since ${last === undefined ? dayWords(events.from) : dayText(last)}, because the checker did not answer; the last on ${dayText(newest)}.`,
  ).fail([...change, events.cite(newest, 'passed unchecked')]);
}

/** What Bylaw itself recorded as the hook; null: it is not the hook. */
function ownHook({ journal }: Pick<CheckContext, 'journal'>) {
  const hook = journal.ok ? journal.value.inferenceHook : undefined;
  if (!journal.ok || hook === undefined) return null;
  return {
    mode: hook.mode,
    /** Day of the last decision on a prompt; null: there was none. */
    newest:
      hook.decided
        .map(({ on }) => on)
        .sort()
        .at(-1) ?? null,
    /** A day on which it let a prompt through unchecked. */
    unchecked: hook.decided.find(({ verdict }) => verdict === 'unchecked')?.on ?? null,
    cite: journal.cite('inferenceHook', 'what the inference hook decided'),
  };
}

interface Config {
  readonly enabled: boolean | null;
  readonly failMode: string | null;
  readonly enforcement: string | null;
  readonly shadow: boolean | null;
  readonly rollout: number | null;
  /** URL that Claude calls. */
  readonly address: string | null;
}

/** Combines the changes, since an event may contain only the fields that it changed. */
function configOf(changes: readonly ActivityRow[]): Config {
  const newest = <T>(read: (detail: ActivityRow['detail']) => T | null): T | null =>
    changes.reduce<T | null>((before, { detail }) => read(detail) ?? before, null);
  const word = (name: string) => (detail: ActivityRow['detail']) => {
    const value = fieldOf(detail, name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim().toLowerCase() : null;
  };
  return {
    enabled: newest((detail) => onOff(detail, 'enabled')),
    failMode: newest(word('fail_mode')),
    enforcement: newest(word('enforcement_mode')),
    address: newest(word('webhook_url')),
    shadow: newest((detail) => asOnOff(fieldOf(detail, 'shadow_mode'))),
    rollout: newest((detail) => {
      const value = fieldOf(detail, 'rollout_percentage');
      const number = typeof value === 'string' ? Number(value.replace('%', '')) : Number(value);
      return value === undefined || value === null || value === '' || Number.isNaN(number) ? null : number;
    }),
  };
}

/** Words for modes in which what the checker refuses is refused, and prompts wait for it. */
const ENFORCES = /enforc|block|deny|reject|strict|^on$/;
const CLOSED = /clos|block|deny|reject/;

/** Modes that are stated in words which say neither that prompts are stopped nor that they pass. */
function unknownModes({ failMode, enforcement }: Config): string[] {
  return [
    ...(enforcement !== null && !ENFORCES.test(enforcement) ? [`enforcement “${enforcement}”`] : []),
    ...(failMode !== null && !CLOSED.test(failMode) ? [`failure mode “${failMode}”`] : []),
  ];
}

function weaknesses({ failMode, enforcement, shadow, rollout }: Config): string[] {
  return [
    ...(shadow === true || (enforcement !== null && /shadow|monitor|observe|log|report|off/.test(enforcement))
      ? ['they only watch: what the checker refuses is let through (shadow mode)']
      : []),
    ...(rollout !== null && rollout < 100 ? [`only ${rollout}% of prompts are checked`] : []),
    ...(failMode !== null && /open|allow/.test(failMode)
      ? ['prompts pass unchecked when the checker does not answer']
      : []),
  ];
}
// Guide: G7.2-16

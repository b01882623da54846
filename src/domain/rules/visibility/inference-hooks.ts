import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import { count, dayWords, verb } from '../../text/words.ts';
import { cannotRead, fail, pass } from '../outcome.ts';

/** Inline checks of prompts (Enterprise, beta): set up, and not letting prompts through when the checker is away. */
export const inferenceHooks = defineRule({
  name: 'inference-hooks',
  about:
    'The last change of the hook configuration set it up rather than removed it, and no prompt has since passed unchecked because the checker did not answer.',
  params: z.strictObject({}),
  decide(context) {
    const events = context.events();
    if (!events.ok) return cannotRead(events.why, events.howToGet);
    const changes = events.rows.filter(
      (row) => row.type === 'inference_hooks_config_updated' || row.type === 'inference_hooks_config_deleted',
    );
    const last = changes.at(-1);
    if (!last) {
      return cannotRead(
        `The events since ${dayWords(events.from)} hold no change of the prompt checks, so whether they are in use is not known.`,
        'Give activity pages that reach back to the last change, or write down the decision.',
        events.evidence,
      );
    }
    const cite = events.cite(last, last.type.replace(/_/g, ' '));
    if (changes.some((row) => row.at === last.at && row.type === 'inference_hooks_config_deleted')) {
      return cannotRead(
        `The configuration of the prompt checks was removed on ${dayWords(last.at)}. Whether that is decided is for a person to say.`,
        'Write down the decision for or against prompt checks.',
        [cite],
      );
    }
    const open = events.rows.filter(
      (row) => row.type === 'inference_hooks_request_failed_open' && row.at >= last.at,
    );
    const newest = open.at(-1);
    if (newest) {
      return fail(
        `${count(open.length, 'prompt')} passed unchecked since ${dayWords(last.at)}, since the checker did not answer; the last on ${dayWords(newest.at)}.`,
        [cite, events.cite(newest, 'passed unchecked')],
      );
    }
    const denied = events.rows.filter(
      (row) => row.type === 'inference_hooks_request_denied' && row.at >= last.at,
    ).length;
    return pass(
      `Prompt checks are set up since ${dayWords(last.at)}; ${count(denied, 'prompt')} ${verb(denied, 'was', 'were')} refused and none passed unchecked.`,
      [cite, ...events.evidence],
    );
  },
});

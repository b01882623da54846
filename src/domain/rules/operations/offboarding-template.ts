import { z } from 'zod';
import { addDays, daysBetween } from '../../model/day.ts';
import { defineRule } from '../../model/rule.ts';
import { count, dayWords } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { askCharter } from './ask.ts';

/** Guide A, item 15: HR's offboarding process contains the Claude tasks. */
export const offboardingTemplate = defineRule({
  name: 'offboarding-template',
  about:
    'The charter states that the offboarding process contains the Claude tasks, and that it was reviewed recently.',
  params: z.strictObject({ days: z.number().int().min(1).default(365) }),
  decide(context, { days }) {
    const { charter, today } = context;
    if (!charter.ok || !charter.value.offboardingTemplate) {
      return askCharter(
        context,
        'offboardingTemplate',
        'whether the offboarding process contains the Claude tasks',
        'includesClaude and the day it was reviewed',
      );
    }
    const { includesClaude, reviewed } = charter.value.offboardingTemplate;
    const evidence = [
      charter.cite(
        'offboardingTemplate',
        `${includesClaude ? 'includes' : 'does not include'} Claude, reviewed ${dayWords(reviewed)}`,
      ),
    ];
    if (!includesClaude)
      return because(
        'operations.offboarding_template.tasks_missing',
        'The charter states that the offboarding process does not contain the Claude tasks.',
      ).fail(evidence);
    if (reviewed > today)
      return because(
        'operations.offboarding_template.review_ahead',
        `The charter gives ${dayWords(reviewed)} as the day on which the offboarding process was reviewed, which is in the future.`,
      ).fail(evidence);
    const age = daysBetween(reviewed, today);
    if (age > days) {
      return because(
        'operations.offboarding_template.review_overdue',
        `The offboarding process was last reviewed on ${dayWords(reviewed)}, ${count(age, 'day')} ago; it is due every ${days} days.`,
      ).fail(evidence);
    }
    return because(
      'operations.offboarding_template.current',
      `The offboarding process contains the Claude tasks and was reviewed on ${dayWords(reviewed)}. The next review is due by ${dayWords(addDays(reviewed, days))}.`,
    ).pass(evidence);
  },
});
// Guide: G2.2-12 G6.6-00 GA-15 GB-07

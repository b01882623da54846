import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import { dayWords } from '../../text/words.ts';
import { askCharter } from '../operations/ask.ts';
import { because } from '../outcome.ts';

/** Guide 4.1: where technology has no reach, the employment agreement applies. */
export const employmentClause = defineRule({
  name: 'employment-clause',
  about: 'The charter states since when employment agreements have included the clause on AI tools.',
  params: z.strictObject({}),
  decide(context) {
    const { charter, today } = context;
    const since = charter.ok ? charter.value.policy?.employmentAgreementClause : undefined;
    if (!charter.ok || !since) {
      return askCharter(
        context,
        'policy.employmentAgreementClause',
        'since when employment agreements have included the clause',
      );
    }
    const evidence = [charter.cite('policy.employmentAgreementClause', `since ${dayWords(since)}`)];
    return since > today
      ? because(
          'policy.employment_clause.ahead',
          `Employment agreements will include the clause from ${dayWords(since)}.`,
        ).pending(since, evidence)
      : because(
          'policy.employment_clause.in_force',
          `Employment agreements have included the clause since ${dayWords(since)}, as the charter states.`,
        ).passAsOf(since, evidence);
  },
});
// Guide: G4.1-07

import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { dayWords, monthWords } from '../../text/words.ts';
import { askCharter } from '../operations/ask.ts';
import { because } from '../outcome.ts';

/** Guide 4.1: where technology has no reach, the employment agreement applies. */
export const employmentClause = defineRule({
  name: 'employment-clause',
  about: 'The charter states since when employment agreements have included the clause on AI tools.',
  params: z.strictObject({}),
  decide(context) {
    const { catalogue, charter, today } = context;
    const since = charter.ok ? charter.value.policy?.employmentAgreementClause : undefined;
    if (!charter.ok || !since) {
      return askCharter(
        context,
        'policy.employmentAgreementClause',
        'since when employment agreements have included the clause',
      );
    }
    const evidence = [charter.cite('policy.employmentAgreementClause', `since ${dayWords(since)}`)];
    const claude = catalogue.policyTemplate.claude_since?.day;
    if (claude !== undefined && since < claude)
      return because(
        'policy.employment_clause.before_claude',
        `The charter says that employment agreements have included the clause on AI tools since ${dayWords(since)}. Claude has existed since ${monthWords(claude.slice(0, 7))}, so that day is not the one of this clause.`,
      ).cannotRead(
        ask(
          'charter',
          'policy.employmentAgreementClause',
          'Correct the day since when employment agreements have included the clause on AI tools, under policy.employmentAgreementClause in the charter.',
          'before_claude',
        ),
        evidence,
      );
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

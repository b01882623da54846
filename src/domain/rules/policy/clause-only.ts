import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import { because } from '../outcome.ts';
import { acknowledgedShare, shareWords } from './coverage.ts';
import { notYetPublished } from './draft-policies.ts';

/** What no technology can prevent (guide 8): the clause and its acknowledgment are the control. Never a pass. */
export const clauseOnly = defineRule({
  name: 'clause-only',
  policyOnly: true,
  about:
    'A rule of the policy that nothing technical enforces. Says whether the clause is in the policy, how many have acknowledged it, and what remains open.',
  needs: { acknowledgements: ['version', 'on', 'acknowledged'], members: ['status', 'seat'] },
  params: z.strictObject({
    /** Guide row of the clause, so that this does not depend on the clause's name in the catalogue. */
    clauseRow: z.string().min(1),
    remains: z.string().min(1),
  }),
  decide(context, { clauseRow, remains }) {
    const { charter, catalogue } = context;
    const clauses = catalogue.clauses.filter((clause) => clause.guideRows.includes(clauseRow));
    const policy = charter.ok ? charter.value.policy : undefined;
    const held = policy?.clauses;
    const evidence = charter.ok && policy ? [charter.cite('policy', `policy ${policy.version}`)] : [];
    // A text that is not in force binds no one, whatever it contains.
    const later = notYetPublished(context);
    const clause = !policy
      ? 'No policy is stated in the charter.'
      : later !== null
        ? later.reason
        : held === undefined
          ? `The charter does not say whether policy ${policy.version} contains the clause.`
          : clauses.some(({ id }) => held.includes(id))
            ? `Policy ${policy.version} contains the clause.`
            : `Policy ${policy.version} does not contain the clause.`;
    const share = acknowledgedShare(context);
    const people = share
      ? ` ${shareWords(share, `policy ${policy?.version ?? ''}`)}`
      : ' How many members have acknowledged the policy cannot be read.';
    return because(
      'policy.clause_only.policy',
      `${remains} The policy is the control. ${clause}${policy ? people : ''}`,
    ).policyOnly([...evidence, ...(share?.evidence ?? [])]);
  },
});
// Guide: G4.1-07 G4.1-08 G7.2-13 G8-08 G8-09 G8-11 G8-15

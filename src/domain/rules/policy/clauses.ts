import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count, names, verb } from '../../text/words.ts';
import { askCharter } from '../operations/ask.ts';
import { because } from '../outcome.ts';
import { notYetPublished } from './draft-policies.ts';

/** Guide 8: the clauses that the published text must contain. */
export const policyClauses = defineRule({
  name: 'policy-clauses',
  about:
    'Every clause that the catalogue requires is listed among the clauses of the published policy in the charter.',
  params: z.strictObject({}),
  decide(context) {
    const { charter, catalogue } = context;
    const required = catalogue.clauses.filter((clause) => clause.required);
    if (required.length === 0)
      return because('policy.clauses.no_clauses', 'The catalogue lists no required clause.').cannotRead(
        ask('look', 'catalogue', 'Tell whoever runs Bylaw that its list of required clauses is empty.'),
      );
    const policy = charter.ok ? charter.value.policy : undefined;
    if (!charter.ok || !policy?.clauses) {
      return askCharter(
        context,
        'policy.clauses',
        'which clauses the published policy contains',
        required.map((clause) => clause.id).join(', '),
      );
    }
    const later = notYetPublished(context);
    if (later !== null) return later;
    const held = new Set(policy.clauses);
    const missing = required.filter((clause) => !held.has(clause.id));
    const evidence = [charter.cite('policy.clauses', count(policy.clauses.length, 'clause'))];
    if (missing.length > 0) {
      return because(
        'policy.clauses.missing',
        `${missing.length} of ${count(required.length, 'required clause')} ${verb(missing.length, 'is', 'are')} missing from policy ${policy.version}: ${names(missing.map((clause) => clause.title))}.`,
      ).fail(
        evidence,
        missing.map((clause) => ({
          key: clause.id,
          label: clause.title,
          detail: 'Not in the published policy.',
          evidence,
        })),
      );
    }
    return because(
      'policy.clauses.all_there',
      `Policy ${policy.version} contains all ${count(required.length, 'required clause')}, as the charter states.`,
      { version: policy.version },
    ).pass(evidence);
  },
});
// Guide: G2.1-02 G4.1-07 G4.2-04 G8-00 G8-01 G8-02 G8-03 G8-04 G8-05 G8-06 G8-07 G8-08 G8-09 G8-10 G8-11
// Guide: G8-12 G8-13 G8-14 G8-15 G8-16 G8-17

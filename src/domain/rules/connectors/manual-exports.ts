import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import { because } from '../outcome.ts';

/** CON-32: data that people export by hand and upload. No plan has a technical control for it. */
export const manualExports = defineRule({
  name: 'manual-exports-by-policy',
  about: 'Exports that people make and upload to Claude themselves are governed by the policy alone.',
  params: z.strictObject({}),
  decide(context) {
    const policy = context.charter.ok ? context.charter.value.policy : undefined;
    const evidence =
      policy && context.charter.ok ? [context.charter.cite('policy', `policy ${policy.version}`)] : [];
    const basis = policy
      ? `Policy ${policy.version} is the control.`
      : 'The policy is the control, and the charter names none yet.';
    return because(
      'connectors.manual_exports.policy',
      `No product stops a person from exporting a list and uploading it to Claude. ${basis} An uploaded file stays with its conversation for as long as chats are kept.`,
    ).policyOnly(evidence);
  },
});
// Guide: G3.3-07

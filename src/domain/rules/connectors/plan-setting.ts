import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import { cannotRead } from '../outcome.ts';
import { setting } from '../setting.ts';

/** An Enterprise setting whose Team counterpart no file shows, so that a Team client is not asked for a file it cannot have. */
export const planSetting = defineRule({
  name: 'connector-setting',
  about: 'Reads one effective setting on Enterprise. On Team no file shows it, and a person has to look.',
  params: setting.params,
  decide(context, params) {
    if (context.profile.claudePlan === 'enterprise') return setting.decide(context, params);
    return cannotRead('No file of this Claude plan shows the setting.', '');
  },
});

/** CON-32: what people export by hand and upload. Nothing technical stops it, on any plan. */
export const manualExports = defineRule({
  name: 'manual-exports-by-policy',
  about: 'Exports that people make by hand and upload to Claude are governed by the policy alone.',
  params: z.strictObject({}),
  decide(context) {
    const policy = context.charter.ok ? context.charter.value.policy : undefined;
    const evidence =
      policy && context.charter.ok ? [context.charter.cite('policy', `policy ${policy.version}`)] : [];
    const basis = policy
      ? `Policy ${policy.version} is the control.`
      : 'The policy is the control, and the charter names none yet.';
    return {
      state: 'policy_only',
      reason: `No purchase stops a person from exporting a list and uploading it to Claude. ${basis} An uploaded file stays with its conversation, as long as chats are kept.`,
      items: [],
      evidence,
    };
  },
});

import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import { cannotRead, fail, pass } from '../outcome.ts';

export const licenceHeld = defineRule({
  name: 'licence-held',
  about:
    'Says what brings a capability, from the Microsoft licences file or the profile. Clients without it are answered before the rule runs.',
  params: z.strictObject({ capability: z.string().min(1), meaning: z.string().min(1) }),
  decide(context, { capability, meaning }) {
    const held = context.capability(capability);
    if (held.has === 'yes') return pass(`${held.reason} ${meaning}`, held.evidence);
    if (held.has === 'no') return fail(held.reason, held.evidence);
    return cannotRead(
      held.reason,
      'State the Microsoft 365 licence in the profile (m365, addOns), or add the Microsoft licences file.',
      held.evidence,
    );
  },
});

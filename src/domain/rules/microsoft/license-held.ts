import { z } from 'zod';
import { assignedUnits, LICENSE_DAYS } from '../../capabilities/holdings.ts';
import { defineRule } from '../../model/rule.ts';
import { staffStated } from '../../people/staff.ts';
import { ask } from '../../text/message.ts';
import { count } from '../../text/words.ts';
import { because } from '../outcome.ts';

const ONE_TENANT = ask(
  'source',
  'subscribed_skus',
  'Keep the Microsoft licenses file of the tenant that staff sign in with, and remove the other.',
  'one_tenant',
);

export const licenseHeld = defineRule({
  name: 'license-held',
  about:
    'Says which license provides a capability, from the Microsoft licenses file or the profile. Clients without one get their answer before this check runs.',
  params: z.strictObject({ capability: z.string().min(1), meaning: z.string().min(1) }),
  decide(context, { capability, meaning }) {
    const held = context.capability(capability);
    if (held.has === 'yes' && held.ending)
      return because(
        'microsoft.license_held.ending',
        `${held.reason} It works until the grace period is over.`,
      ).cannotRead(
        ask(
          'source',
          'subscribed_skus',
          'Renew the license in the Microsoft 365 admin center, then add the Microsoft licenses file again.',
          'renew',
        ),
        held.evidence,
      );
    if (held.has === 'yes') {
      const { catalogue, profile } = context;
      const plans = catalogue.capabilities.find(({ id }) => id === capability)?.grantedBy.servicePlans ?? [];
      const file = context.read('subscribed_skus');
      const assigned = assignedUnits(catalogue.licenses, file, plans);
      const roster = context.read('roster');
      // At least this many people work here; if fewer have the license, not everyone does.
      const listed = roster.ok ? staffStated(roster.rows, context.today) : null;
      const staff = profile.staffCount ?? listed;
      if (assigned !== null && staff !== null && assigned < staff) {
        const altogether = assignedUnits(catalogue.licenses, file, plans, 'all');
        if (!file.ok && altogether !== null && altogether >= staff)
          return because(
            'microsoft.license_held.assigned_contradicted',
            `${held.reason} It is assigned to ${assigned} people according to the file with the fewest, and to ${altogether} if each file is that of another tenant. ${file.why}`,
          ).cannotRead(ONE_TENANT, held.evidence);
        return because(
          'microsoft.license_held.not_for_all',
          `${held.reason} It is assigned to ${assigned} of ${count(staff, 'person', 'people')} who work here according to the ${profile.staffCount === undefined ? 'roster' : 'profile'}; people without a license are not covered by it.`,
        ).fail(held.evidence);
      }
      return because('microsoft.license_held.held', `${held.reason} ${meaning}`).pass(held.evidence);
    }
    const file = context.read('subscribed_skus', LICENSE_DAYS);
    if (held.has === 'unknown' && !file.ok && file.rivals !== undefined)
      return because('microsoft.license_held.contradicted', held.reason).cannotRead(
        ONE_TENANT,
        held.evidence,
      );
    if (held.has === 'no') return because('microsoft.license_held.not_held', held.reason).fail(held.evidence);
    return because('microsoft.license_held.unknown', held.reason).cannotRead(
      ask(
        'profile',
        'm365',
        'State the Microsoft 365 license in the profile (m365, addOns), or add the Microsoft licenses file.',
      ),
      held.evidence,
    );
  },
});
// Guide: G1.2-00 G1.2-01 G1.2-10 G1.2-12 G6-00 G6.2-00 GB-03

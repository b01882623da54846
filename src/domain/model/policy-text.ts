import { z } from 'zod';
import { day } from './day-schema.ts';
import { guideRow, text } from './entry-fields.ts';

/** The texts that accompany a policy, in list order. */
export const TEXT_IDS = [
  'staff_monitoring',
  'member_notice',
  'data_protection',
  'impact_assessment',
] as const;
export type TextId = (typeof TEXT_IDS)[number];

/** What a field can be filled from. */
export const TEXT_FIELD_SOURCES = [
  'client_name',
  'claude_plan',
  'governance_owner',
  'chat_retention',
  'people_with_claude',
  'policy_version',
  'policy_contact',
  'policy_contact_address',
  'policy_member_data',
  'policy_reviewers',
] as const;
export type TextFieldSource = (typeof TEXT_FIELD_SOURCES)[number];

/** Lists generated from what is known about the client. */
export const TEXT_LISTS = [
  'sources_read',
  'sources_not_read',
  'content_kept',
  'content_access',
  'approved_uses',
  'forbidden',
  'member_systems',
  'vendors',
  'risks',
  'measures_that_hold',
  'measures_that_do_not',
] as const;
export type TextList = (typeof TEXT_LISTS)[number];

const itemId = z.string().regex(/^[a-z][a-z0-9_]*$/);

const item = z.union([
  z.strictObject({ id: itemId, text }),
  z.strictObject({ id: itemId, list: z.enum(TEXT_LISTS) }),
  /** Capabilities of the catalogue, each with the statements of guide and vendor. */
  z.strictObject({ id: itemId, facts: z.array(text).min(1) }),
]);

/** A text for counsel to finish. Fields are in braces, as in `{organization}`. */
export const policyTextSchema = z.strictObject({
  id: z.enum(TEXT_IDS),
  /** Day on which the text was written. */
  revised: day,
  title: text,
  /** Its readers and purpose, in one sentence. */
  about: text,
  /** Shown above the text: it is a template, and counsel decides. */
  note: text,
  guideRows: z.array(guideRow),
  fields: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z_]+$/),
        label: text,
        /** Left out: filled in by hand. */
        from: z.enum(TEXT_FIELD_SOURCES).optional(),
      }),
    )
    .min(1),
  sections: z.array(z.strictObject({ id: itemId, title: text, items: z.array(item).min(1) })).min(1),
});
export type PolicyText = z.infer<typeof policyTextSchema>;

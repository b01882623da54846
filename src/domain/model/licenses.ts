import { z } from 'zod';
import { day } from './day-schema.ts';
import { controlId, guideRow, sourceSchema, text } from './entry-fields.ts';
import { M365_TIERS } from './profile.ts';

export const skuSchema = z.strictObject({
  partNumber: text,
  skuId: text.nullable(),
  name: text,
  /** The guide's column, or an add-on name for use in profiles. */
  tier: text,
  servicePlans: z.array(text),
  /** Whether the vendor's own table confirms this entry. */
  confirmed: z.boolean(),
  /** Where this product was checked individually; left out: the sources of the whole list. */
  source: sourceSchema.optional(),
});
export type Sku = z.infer<typeof skuSchema>;

/** A list price in US dollars before tax, with the day on which it was read or reported. */
const priceSchema = z.strictObject({ usdPerUserMonth: z.number().min(0), asOf: day, source: sourceSchema });

export const addOnSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]+$/),
  name: text,
  aliases: z.array(text).default([]),
  servicePlans: z.array(text),
  price: priceSchema.nullable(),
  /** Products that it requires. Left out: it is sold separately. */
  sellsWith: z
    .strictObject({ m365: z.array(z.enum(M365_TIERS)).min(1), maxUsers: z.number().int().min(1).optional() })
    .optional(),
  note: text.optional(),
});
export type AddOn = z.infer<typeof addOnSchema>;

export const licensesSchema = z.strictObject({
  /** The minimum that the guide recommends for governing Claude, described by what it enables. */
  minimum: z
    .strictObject({
      tier: z.enum(M365_TIERS),
      needs: z.array(text).min(1),
      /** Controls that are not licensed below it. */
      controls: z.array(controlId).min(1),
      guideRow,
    })
    .optional(),
  /** Microsoft's most relevant features for Claude, with the controls that use them. */
  keyCapabilities: z
    .array(z.strictObject({ capability: text, controls: z.array(controlId).min(1), guideRow }))
    .default([]),
  /** Protections against uploads of member data, strongest first; the last requires no license. */
  uploads: z.array(z.strictObject({ capability: text.optional(), control: controlId, guideRow })).default([]),
  /** Ways to use Claude outside the plans of claude.ai, which the planner cannot buy. */
  tracks: z
    .array(
      z.strictObject({
        capability: text,
        title: text,
        says: text,
        /** Capabilities that do not cover such use. */
        removes: z.array(text).min(1),
        /** How the organization governs it instead, in one sentence each. */
        instead: z.array(text).min(1),
        guideRow,
      }),
    )
    .default([]),
  servicePlans: z.array(z.strictObject({ name: text, id: text, means: text })),
  /** Products of each guide column, for profiles that name only the column. */
  tiers: z.record(
    z.enum(M365_TIERS),
    z.strictObject({ name: text, servicePlans: z.array(text), price: priceSchema.nullable() }),
  ),
  skus: z.array(skuSchema),
  addOns: z.array(addOnSchema),
  claudePlans: z.array(
    z.strictObject({
      id: text,
      name: text,
      seats: text,
      fewestSeats: z.number().int().min(1).optional(),
      maxSeats: z.number().int().min(1).optional(),
      /** Display text. */
      price: text,
      /** List price of the cheapest seat, paid monthly; null: the vendor gives none. */
      seatPrice: priceSchema.nullable(),
      /** Usage is billed in addition to seats, so no list price shows the monthly cost. */
      useOnTop: z.boolean(),
      asOf: day,
      sources: z.array(sourceSchema).min(1),
    }),
  ),
  /** Purchases billed by volume, so that there is no monthly list price. */
  meters: z
    .array(
      z.strictObject({
        /** Id of the purchase in the planner. */
        purchase: text,
        says: text,
        /** US dollars per gigabyte; null: no source states it. */
        usdPerGigabyte: z.number().min(0).nullable(),
        asOf: day,
        source: sourceSchema,
      }),
    )
    .optional(),
  sources: z.array(sourceSchema).min(1),
});
export type Licenses = z.infer<typeof licensesSchema>;

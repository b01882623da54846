import { z } from 'zod';
import { day } from './day-schema.ts';
import { controlId, guideRow, sourceSchema, text } from './entry-fields.ts';
import { M365_TIERS } from './profile.ts';

export const skuSchema = z.strictObject({
  partNumber: text,
  skuId: text.nullable(),
  name: text,
  /** The guide's column, or an add-on name that profiles may use. */
  tier: text,
  servicePlans: z.array(text),
  /** Whether the vendor's own table holds it as it stands here. */
  confirmed: z.boolean(),
  /** Where this product was looked up by itself; left out: the sources of the whole list. */
  source: sourceSchema.optional(),
});
export type Sku = z.infer<typeof skuSchema>;

/** A list price in US dollars before tax, with the day that it was read or reported. */
const priceSchema = z.strictObject({ usdPerUserMonth: z.number().min(0), asOf: day, source: sourceSchema });

export const addOnSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]+$/),
  name: text,
  aliases: z.array(text).default([]),
  servicePlans: z.array(text),
  price: priceSchema.nullable(),
  /** What it is sold on top of. Left out: it is sold by itself. */
  sellsWith: z
    .strictObject({ m365: z.array(z.enum(M365_TIERS)).min(1), maxUsers: z.number().int().min(1).optional() })
    .optional(),
  note: text.optional(),
});
export type AddOn = z.infer<typeof addOnSchema>;

export const licensesSchema = z.strictObject({
  /** The least that the guide recommends for governing Claude, told by what it lets a client do. */
  minimum: z
    .strictObject({
      tier: z.enum(M365_TIERS),
      needs: z.array(text).min(1),
      /** Controls that are not licensed for anyone who is below it. */
      controls: z.array(controlId).min(1),
      guideRow,
    })
    .optional(),
  /** What of Microsoft counts most for Claude, with the controls that make use of it. */
  keyCapabilities: z
    .array(z.strictObject({ capability: text, controls: z.array(controlId).min(1), guideRow }))
    .default([]),
  /** What to set up against uploads of member data, the strongest first; the last needs nothing. */
  uploads: z.array(z.strictObject({ capability: text.optional(), control: controlId, guideRow })).default([]),
  /** Ways to use Claude beside the plans of claude.ai, which no purchase of the planner leads to. */
  tracks: z
    .array(
      z.strictObject({
        capability: text,
        title: text,
        says: text,
        /** Capabilities that do not reach what is used this way. */
        removes: z.array(text).min(1),
        /** What the organization governs it with in their place, in one sentence each. */
        instead: z.array(text).min(1),
        guideRow,
      }),
    )
    .default([]),
  servicePlans: z.array(z.strictObject({ name: text, id: text, means: text })),
  /** What each guide column carries, for profiles that name only the column. */
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
      /** In words, for people. */
      price: text,
      /** List price of one seat, the cheapest kind, paid by the month; null where the vendor gives none. */
      seatPrice: priceSchema.nullable(),
      /** Usage is billed on top of the seats, so no list price tells what a month costs. */
      useOnTop: z.boolean(),
      asOf: day,
      sources: z.array(sourceSchema).min(1),
    }),
  ),
  /** Purchases that are billed by what they take in, so that no month has a list price. */
  meters: z
    .array(
      z.strictObject({
        /** Id of the purchase in the planner. */
        purchase: text,
        says: text,
        /** US dollars for a gigabyte; null: no source states it. */
        usdPerGigabyte: z.number().min(0).nullable(),
        asOf: day,
        source: sourceSchema,
      }),
    )
    .optional(),
  sources: z.array(sourceSchema).min(1),
});
export type Licenses = z.infer<typeof licensesSchema>;

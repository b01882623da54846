import { z } from 'zod';
import { ACTIVITY_SOURCES, type ActivitySource, SURFACES } from '../activity/activity.ts';
import { day } from './day-schema.ts';
import { sourceSchema } from './entry-fields.ts';

/** Kinds of activity that make up the figures of how much Claude is used. */
export const FIGURES = ['message', 'tool_call', 'model_request'] as const;

const order = z.strictObject({
  figure: z.enum(FIGURES).describe('tool_call: calls; model_request: requests with their tokens and cost'),
  surfaces: z.array(z.enum(SURFACES)).min(1),
  /** All sources, in order of precedence. */
  sources: z
    .array(
      z.strictObject({
        source: z.enum(ACTIVITY_SOURCES),
        because: z.string().trim().min(1),
        reports: z
          .boolean()
          .default(true)
          .describe('false: the source has no event for this figure, so only another source can give it'),
      }),
    )
    .superRefine((list, context) => {
      const named = list.map(({ source }) => source);
      for (const source of ACTIVITY_SOURCES) {
        const times = named.filter((one) => one === source).length;
        if (times !== 1)
          context.addIssue({ code: 'custom', message: `names ${source} ${times} times; it has one place` });
      }
    }),
  page: sourceSchema,
});

/** Which source to use if two report the same use, by figure and surface. */
export const countedOnceSchema = z.strictObject({
  asOf: day,
  orders: z.array(order).superRefine((orders, context) => {
    for (const figure of FIGURES)
      for (const surface of SURFACES) {
        const own = orders.filter((one) => one.figure === figure && one.surfaces.includes(surface)).length;
        if (own !== 1)
          context.addIssue({
            code: 'custom',
            message: `has ${own} orders for ${figure} in ${surface}; there is one`,
          });
      }
  }),
});
export type CountedOnce = z.infer<typeof countedOnceSchema>;

/** Why a source takes precedence if it is the first complete one. */
export function becauseOf(
  { orders }: CountedOnce,
  figure: (typeof FIGURES)[number],
  surface: string,
  source: ActivitySource | string,
): string {
  const own = orders.find((one) => one.figure === figure && one.surfaces.some((here) => here === surface));
  return own?.sources.find((one) => one.source === source)?.because ?? '';
}

/** Whether a source has events for a figure at all. If not, their absence says nothing. */
export function reportsFigure(
  { orders }: CountedOnce,
  figure: (typeof FIGURES)[number],
  surface: string,
  source: string,
): boolean {
  const own = orders.find((one) => one.figure === figure && one.surfaces.some((here) => here === surface));
  return own?.sources.find((one) => one.source === source)?.reports ?? false;
}

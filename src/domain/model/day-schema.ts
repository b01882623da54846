import { z } from 'zod';
import { isDay } from './day.ts';

/** A calendar day, YYYY-MM-DD. Days can be compared as text. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'is not a date of the form YYYY-MM-DD, for example 2026-11-24')
  .refine((text) => isDay(text), 'is not a day of the calendar');

import { z } from 'zod';
import { address } from '../people/names.ts';

/** An email address as typed, normalized to the form in which addresses are compared. */
export const mailAddress = z.string().trim().max(320).overwrite(address).email('is not an email address');

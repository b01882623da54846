import { z } from 'zod';
import { address } from '../people/names.ts';

/** A mail address as a person writes it, kept in the one form in which addresses are compared. */
export const mailAddress = z.string().trim().max(320).overwrite(address).email('is not an email address');

import { z } from 'zod';

/** The forms in which a list can be taken along; the input `format` of an export operation. */
export const tableFormat = z.enum(['csv', 'xlsx', 'json']).describe('csv, xlsx or json');
export type TableFormat = z.infer<typeof tableFormat>;

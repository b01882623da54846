import { z } from 'zod';

/** The formats in which a list can be exported; the input `format` of export operations. */
export const tableFormat = z.enum(['csv', 'xlsx', 'json']).describe('csv, xlsx or json');
export type TableFormat = z.infer<typeof tableFormat>;

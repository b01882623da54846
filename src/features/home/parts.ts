import { z } from 'zod';

export const controlRef = z.object({ id: z.string(), short: z.string(), title: z.string() });

/** Where a piece of work leads. */
export const verb = z.enum([
  'import',
  'control',
  'people',
  'attest',
  'exception',
  'charter',
  'answer',
  'open_charter',
  'settings',
  'deployment',
  'request',
  'claims',
  'drift',
  'alert',
  'source',
  'sink',
  'enforce',
]);

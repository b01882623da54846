import { z } from 'zod';
import { defineRule } from '../model/rule.ts';
import { cannotRead, fail, pass } from './outcome.ts';

const scalar = z.union([z.boolean(), z.string(), z.number()]);

/** One row of the effective organisation settings (Claude Enterprise) against the value that it must have. */
export const setting = defineRule({
  name: 'setting',
  about:
    'Reads one effective organization setting. A missing row means that the organization cannot control it, not that it is off.',
  params: z.strictObject({
    name: z.string().min(1),
    oneOf: z.array(scalar).min(1),
    /** Sentence when the value is right, and when it is not. */
    right: z.string().min(1),
    wrong: z.string().min(1),
  }),
  decide(context, params) {
    const settings = context.read('settings');
    if (!settings.ok) return cannotRead(settings.why, settings.howToGet);
    const row = settings.rows.find((candidate) => candidate.name === params.name);
    if (!row) {
      return cannotRead(
        `The settings file has no row "${params.name}", which means that this organization cannot control it, not that it is off.`,
        'Look at the setting in Claude and write down what you see.',
        settings.evidence,
      );
    }
    const shown = typeof row.value === 'object' ? JSON.stringify(row.value) : String(row.value);
    const cite = [settings.cite(row, `${row.name} = ${shown}`)];
    if (row.value === null || row.value === undefined)
      return cannotRead(
        `The settings file gives no value for "${params.name}".`,
        settings.readings.length > 0 ? 'Look at the setting in Claude and write down what you see.' : '',
        cite,
      );
    return params.oneOf.some((value) => value === row.value)
      ? pass(params.right, cite)
      : fail(params.wrong, cite);
  },
});

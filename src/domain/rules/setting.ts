import { z } from 'zod';
import { settingName } from '../activity/payload.ts';
import { UNNAMED_SETTING } from '../model/kinds.ts';
import { defineRule } from '../model/rule.ts';
import { ask } from '../text/message.ts';
import { dayWords } from '../text/words.ts';
import { byWhom } from './connectors/events.ts';
import { absent, because } from './outcome.ts';
import { changedLater, givenTwice } from './settings-since.ts';

const scalar = z.union([z.boolean(), z.string(), z.number()]);

function isScalar(value: unknown): boolean {
  return ['boolean', 'string', 'number'].includes(typeof value);
}

/** Compares one row of the effective organization settings (Claude Enterprise) with its required value. */
export const setting = defineRule({
  name: 'setting',
  about:
    'Reads one effective organization setting. A missing row means that the organization cannot control it, not that it is off.',
  failsFromPart: ['settings'],
  params: z.strictObject({
    name: z.string().min(1),
    oneOf: z.array(scalar).min(1),
    /** Sentence if the value is right, and if it is not. */
    right: z.string().min(1),
    wrong: z.string().min(1),
  }),
  decide(context, params) {
    const settings = context.read('settings');
    if (!settings.ok) return absent(settings).cannotRead(settings.howToGet);
    const row = settings.rows.find(({ name }) => settingName(name) === settingName(params.name));
    const unnamed = settings.rows.find(({ type }) => type === UNNAMED_SETTING);
    if (!row && unnamed)
      return because(
        'setting.unnamed_row',
        `The settings file has no row “${params.name}”, and its setting ${String(unnamed.value)} has no name and may be this one.`,
      ).cannotRead(ask('source', 'settings', 'Save the settings file again.', 'again'), settings.evidence);
    if (!row) {
      return because(
        'setting.no_row',
        `The settings file has no row “${params.name}”, which means that this organization cannot control it, not that it is off.`,
      ).cannotRead(
        ask('look', 'setting', 'Look at the setting in Claude and record what you see.'),
        settings.evidence,
      );
    }
    if (givenTwice(settings.rows, params.name))
      return because(
        'setting.two_values',
        `The settings file gives two values for “${params.name}”.`,
      ).cannotRead(ask('source', 'settings', 'Save the settings file again.', 'again'), settings.evidence);
    const shown = typeof row.value === 'object' ? JSON.stringify(row.value) : String(row.value);
    const cite = [settings.cite(row, `${row.name} = ${shown}`)];
    if (row.value === null || row.value === undefined)
      return because('setting.no_value', `The settings file gives no value for “${params.name}”.`).cannotRead(
        settings.readings.length > 0
          ? ask('look', 'setting', 'Look at the setting in Claude and record what you see.')
          : null,
        cite,
      );
    const later = changedLater(context, params.name, settings.observedOn, row.organization, row.value);
    if (later !== null && !isScalar(later.current))
      return because(
        'setting.changed_since',
        `“${params.name}” was changed on ${dayWords(later.on)}, after the settings file of ${dayWords(settings.observedOn)}, and the event does not say to what.`,
      ).changedOn(later.on, ask('source', 'settings', 'Save the settings file again.', 'again'), [
        ...cite,
        later.evidence,
      ]);
    const value = later === null ? row.value : later.current;
    const evidence = later === null ? cite : [...cite, later.evidence];
    const since = later === null ? '' : ` Changed by ${byWhom(later.row, context.profile.timezone)}.`;
    // The text "false" is neither true nor false; values of another type do not show what is set.
    if (!params.oneOf.some((one) => typeof one === typeof value))
      return because(
        'setting.unknown_value',
        `${later === null ? 'The settings file' : `The event of ${dayWords(later.on)}`} gives a value for “${params.name}” that Bylaw does not know.`,
      ).cannotRead(
        ask('look', 'setting', 'Look at the setting in Claude and record what you see.'),
        evidence,
      );
    return params.oneOf.some((one) => one === value)
      ? because('setting.right', `${params.right}${since}`).pass(evidence)
      : because('setting.wrong', `${params.wrong}${since}`).fail(evidence);
  },
});
// Guide: G2.2-20 G2.2-21

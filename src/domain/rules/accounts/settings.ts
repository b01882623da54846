import { settingName } from '../../activity/payload.ts';
import { type SettingRow, UNNAMED_SETTING } from '../../model/kinds.ts';
import type { Evidence } from '../../model/reading.ts';
import type { CheckContext } from '../../model/rule.ts';
import type { Outcome } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { dayWords } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { changedLater } from '../settings-since.ts';

export type SettingRead =
  | {
      readonly ok: true;
      readonly value: unknown;
      readonly evidence: readonly Evidence[];
      readonly row: SettingRow;
    }
  | { readonly ok: false; readonly outcome: Outcome };

/**
 * Reads one effective organization setting. A missing row means that administrators cannot control it, and an empty
 * value is unknown; neither is "off". Only Enterprise has this export.
 */
export function readSetting(context: CheckContext, name: string, title: string): SettingRead {
  const settings = context.read('settings');
  const no = (outcome: Outcome): SettingRead => ({ ok: false, outcome });
  if (!settings.ok)
    return context.profile.claudePlan === 'enterprise'
      ? no(absent(settings).cannotRead(settings.howToGet))
      : no(
          because(
            'accounts.settings.not_on_plan',
            `Only Claude Enterprise has an export that shows ${title}.`,
          ).cannotRead(null),
        );
  const rows = settings.rows.filter((row) => settingName(row.name) === settingName(name));
  const row = rows[0];
  const unnamed = settings.rows.find(({ type }) => type === UNNAMED_SETTING);
  if (!row && unnamed)
    return no(
      because(
        'accounts.settings.unnamed_row',
        `The settings file has no row for ${title}, and its setting ${String(unnamed.value)} has no name and may be this one.`,
      ).cannotRead(ask('source', 'settings', 'Save the settings file again.', 'again'), settings.evidence),
    );
  if (!row)
    return no(
      because(
        'accounts.settings.no_row',
        `The settings file has no row for ${title}. That means the organization’s own administrators cannot control it, not that it is off.`,
        { setting: title },
      ).cannotRead(
        ask('look', 'setting', 'Look at the setting in Claude and record what you see.'),
        settings.evidence,
      ),
    );
  const says = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
  const evidence = rows.map((one) => settings.cite(one, `${one.name} = ${says(one.value)}`));
  if (rows.some((one) => JSON.stringify(one.value) !== JSON.stringify(row.value)))
    return no(
      because('accounts.settings.two_values', `The settings file gives two values for ${title}.`, {
        setting: title,
      }).cannotRead(ask('source', 'settings', 'Save the settings file again.', 'again'), evidence),
    );
  if (row.value === null || row.value === undefined)
    return no(
      because('accounts.settings.no_value', `The settings file gives no value for ${title}.`, {
        setting: title,
      }).cannotRead(
        ask('look', 'setting', 'Look at the setting in Claude and record what you see.'),
        evidence,
      ),
    );
  const later = changedLater(context, name, settings.observedOn, row.organization, row.value);
  if (later === null) return { ok: true, value: row.value, evidence, row };
  const both = [...evidence, later.evidence];
  if (later.current === undefined || later.current === null)
    return no(
      because(
        'accounts.settings.changed_since',
        `The settings file of ${dayWords(settings.observedOn)} gives a value for ${title}. It was changed on ${dayWords(later.on)}, and the event does not say to what.`,
        { setting: title },
      ).changedOn(later.on, ask('source', 'settings', 'Save the settings file again.', 'again'), both),
    );
  return { ok: true, value: later.current, evidence: both, row };
}

export function unexpected(title: string, evidence: readonly Evidence[]): Outcome {
  return because(
    'accounts.settings.unknown_value',
    `The settings file gives a value for ${title} that Bylaw does not know.`,
    { setting: title },
  ).cannotRead(ask('look', 'setting', 'Look at the setting in Claude and record what you see.'), evidence);
}

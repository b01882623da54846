import { z } from 'zod';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { count, names, verb } from '../../text/words.ts';
import { cannotRead, fail, pass } from '../outcome.ts';
import { byWhom, detailText } from './events.ts';

/** CON-15: desktop extensions, which are open until an allowlist is on, and what stands on that list. */
export const desktopExtensions = defineRule({
  name: 'desktop-extensions-allowlist',
  about:
    'Reads the allowlist setting (Enterprise), and holds the events that put extensions on it against the charter.',
  params: z.strictObject({}),
  decide(context) {
    if (context.profile.claudePlan !== 'enterprise')
      return cannotRead('No file of this Claude plan shows the setting.', '');
    const settings = context.read('settings');
    if (!settings.ok) return cannotRead(settings.why, settings.howToGet);
    const row = settings.rows.find((one) => one.name === 'desktop_extension_allowlist_enabled');
    if (!row || typeof row.value !== 'boolean')
      return cannotRead(
        'The settings file does not tell whether the allowlist for desktop extensions is on.',
        'Look at Organization settings > Connectors > Desktop and write down what you see.',
        settings.evidence,
      );
    const cite = settings.cite(row, `allowlist ${row.value ? 'on' : 'off'}`);
    if (!row.value)
      return fail(
        'The allowlist for desktop extensions is off, so every member can install any extension of the directory.',
        [cite],
      );
    const events = context.events();
    if (!events.ok) return pass('The allowlist for desktop extensions is on.', [cite]);
    const listed = new Map<string, Item>();
    for (const event of events.rows) {
      const id = detailText(event, 'extension_id');
      if (!id) continue;
      if (event.type === 'desktop_extension_allowlisted' || event.type === 'desktop_extension_uploaded') {
        const who = byWhom(event, context.profile.timezone);
        listed.set(id.toLowerCase(), {
          key: id.toLowerCase(),
          label: id,
          detail: `Allowed by ${who}, not in the charter.`,
          evidence: [events.cite(event, `allowed by ${who}`)],
        });
      } else if (
        [
          'desktop_extension_removed_from_allowlist',
          'desktop_extension_deleted',
          'desktop_extension_blocklisted',
        ].includes(event.type)
      )
        listed.delete(id.toLowerCase());
    }
    if (listed.size === 0) return pass('The allowlist for desktop extensions is on.', [cite]);
    const allowed = context.charter.ok ? context.charter.value.desktopExtensions : undefined;
    if (!allowed)
      return cannotRead(
        `The allowlist for desktop extensions is on and ${count(listed.size, 'extension')} ${verb(listed.size, 'was', 'were')} put on it; the charter does not say which are approved.`,
        'State the approved extensions under `desktopExtensions` in the charter; an empty list is an answer.',
        [cite, ...events.evidence],
      );
    const approved = new Set(allowed.map((id) => id.toLowerCase()));
    const stray = [...listed.values()].filter((item) => !approved.has(item.key));
    if (stray.length > 0)
      return fail(
        `${count(stray.length, 'desktop extension')} ${verb(stray.length, 'was', 'were')} allowed that the charter does not approve: ${names(
          stray.map((item) => item.label),
          4,
        )}.`,
        [cite, ...stray.flatMap((item) => item.evidence)],
        stray,
      );
    return pass(
      `The allowlist for desktop extensions is on, and the charter approves the ${count(listed.size, 'extension')} that the log shows on it.`,
      [cite, ...events.evidence],
    );
  },
});

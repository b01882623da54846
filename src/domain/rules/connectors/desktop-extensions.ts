import { z } from 'zod';
import { asOnOff, settingName } from '../../activity/payload.ts';
import { defineRule } from '../../model/rule.ts';
import type { Item } from '../../model/verdict.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { changedLater, givenTwice } from '../settings-since.ts';
import { byWhom, detailText } from './events.ts';
import { zeroBaseline, zeroBaselineWords } from './zero-baseline.ts';

const ALLOWLIST = 'desktop_extension_allowlist_enabled';
const ALLOWS = new Set([
  'desktop_extension_allowlisted',
  'desktop_extension_uploaded',
  'desktop_extension_version_uploaded',
]);

/** CON-15: desktop extensions, which are unrestricted until the allowlist is on, and the entries of that list. */
export const desktopExtensions = defineRule({
  name: 'desktop-extensions-allowlist',
  about:
    'Reads the allowlist setting (Enterprise), and compares the events that put extensions on it with the charter.',
  params: z.strictObject({}),
  decide(context) {
    if (context.profile.claudePlan !== 'enterprise')
      return because(
        'connectors.desktop_extensions.not_on_plan',
        'No file on this Claude plan shows the setting.',
      ).cannotRead(null);
    const settings = context.read('settings');
    if (!settings.ok) return absent(settings).cannotRead(settings.howToGet);
    const row = settings.rows.find(({ name }) => settingName(name) === ALLOWLIST);
    if (!row || typeof row.value !== 'boolean' || givenTwice(settings.rows, ALLOWLIST))
      return because(
        'connectors.desktop_extensions.not_told',
        'The settings file does not say whether the allowlist for desktop extensions is on.',
      ).cannotRead(
        ask(
          'look',
          'desktop_extensions',
          'Look at Organization settings > Connectors > Desktop and record what you see.',
        ),
        settings.evidence,
      );
    const cite = settings.cite(row, `allowlist ${row.value ? 'on' : 'off'}`);
    if (!row.value)
      return because(
        'connectors.desktop_extensions.off',
        'The allowlist for desktop extensions is off, so every member can install any extension in the directory.',
      ).fail([cite]);
    const later = changedLater(context, ALLOWLIST, settings.observedOn, row.organization, row.value);
    if (later !== null && asOnOff(later.current) !== true)
      return later.current === undefined || asOnOff(later.current) === null
        ? because(
            'connectors.desktop_extensions.changed_since',
            `The allowlist for desktop extensions was on ${dayWords(settings.observedOn)} and changed on ${dayWords(later.on)}; the event does not say to what.`,
          ).changedOn(later.on, ask('source', 'settings', 'Save the settings file again.', 'again'), [
            cite,
            later.evidence,
          ])
        : because(
            'connectors.desktop_extensions.switched_off',
            `The allowlist for desktop extensions was switched off by ${byWhom(later.row, context.profile.timezone)}, so every member can install any extension in the directory.`,
          ).fail([cite, later.evidence]);
    const events = context.events();
    if (!events.ok)
      return because('connectors.desktop_extensions.on', 'The allowlist for desktop extensions is on.').pass([
        cite,
      ]);
    const listed = new Map<string, Item>();
    const blocked = new Map<string, Item>();
    // Unblocked without an addition in the log: it may have been put on the list before the log begins.
    const maybe = new Map<string, Item>();
    for (const event of events.rows) {
      const id = detailText(event, 'extension_id');
      if (!id) continue;
      const key = id.toLowerCase();
      if (event.type !== 'desktop_extension_unblocked') maybe.delete(key);
      if (ALLOWS.has(event.type)) {
        const who = byWhom(event, context.profile.timezone);
        listed.set(key, {
          key,
          label: id,
          detail: `Allowed by ${who}, not in the charter.`,
          evidence: [events.cite(event, `allowed by ${who}`)],
        });
      } else if (event.type === 'desktop_extension_blocklisted') {
        const item = listed.get(key);
        // A blocked extension stays on the allowlist and is allowed again once unblocked.
        if (item !== undefined) blocked.set(key, item);
        listed.delete(key);
      } else if (event.type === 'desktop_extension_unblocked') {
        const item = blocked.get(key);
        if (item !== undefined) listed.set(key, item);
        else if (!listed.has(key)) {
          const who = byWhom(event, context.profile.timezone);
          const detail = `Unblocked by ${who}; whether it is on the allowlist no event says.`;
          maybe.set(key, { key, label: id, detail, evidence: [events.cite(event, `unblocked by ${who}`)] });
        }
        blocked.delete(key);
      } else if (
        event.type === 'desktop_extension_removed_from_allowlist' ||
        event.type === 'desktop_extension_deleted'
      ) {
        listed.delete(key);
        blocked.delete(key);
      }
    }
    const nameless = events.rows.filter(
      (event) => ALLOWS.has(event.type) && detailText(event, 'extension_id') === null,
    );
    const openList = () =>
      because(
        'connectors.desktop_extensions.unnamed_event',
        `The allowlist for desktop extensions is on. ${count(nameless.length, 'event')} put an extension on it and ${verb(nameless.length, 'does', 'do')} not say which.`,
      ).cannotRead(
        ask(
          'look',
          'desktop_extensions',
          'Look at Organization settings > Connectors > Desktop and record what you see.',
          'list',
        ),
        [cite, ...nameless.map((event) => events.cite(event, 'an extension without an id'))],
      );
    const noneListed = () =>
      because(
        'connectors.desktop_extensions.on_without_list',
        'The allowlist for desktop extensions is on.',
      ).pass([cite]);
    const openUnblocked = (items: readonly Item[]) =>
      because(
        'connectors.desktop_extensions.unblocked',
        `The allowlist for desktop extensions is on. ${names(
          items.map(({ label }) => label),
          4,
        )} ${verb(items.length, 'was', 'were')} unblocked, and the log does not show whether ${verb(items.length, 'it is', 'they are')} on the list; the charter does not approve ${verb(items.length, 'it', 'them')}.`,
      ).cannotRead(
        ask(
          'look',
          'desktop_extensions',
          'Look at Organization settings > Connectors > Desktop and record what you see.',
          'unblocked',
        ),
        [cite, ...items.flatMap((item) => item.evidence)],
        items,
      );
    if (listed.size === 0 && nameless.length > 0) return openList();
    if (listed.size === 0 && maybe.size === 0) return noneListed();
    const baseline = zeroBaseline(context);
    const stated = context.charter.ok ? context.charter.value.desktopExtensions : undefined;
    const allowed = stated ?? (baseline === null ? undefined : []);
    if (!allowed && listed.size === 0) return openUnblocked([...maybe.values()]);
    if (!allowed)
      return because(
        'connectors.desktop_extensions.approvals_not_stated',
        `The allowlist for desktop extensions is on and ${count(listed.size, 'extension')} ${verb(listed.size, 'was', 'were')} put on it; the charter does not say which are approved.`,
      ).cannotRead(
        ask(
          'charter',
          'desktopExtensions',
          'State the approved extensions under `desktopExtensions` in the charter; an empty list is a valid answer.',
        ),
        [cite, ...events.evidence],
      );
    const approved = new Set(allowed.map((id) => id.toLowerCase()));
    const stray = [...listed.values()].filter((item) => !approved.has(item.key));
    if (stray.length > 0)
      return because(
        'connectors.desktop_extensions.not_approved',
        `${count(stray.length, 'desktop extension')} ${verb(stray.length, 'was', 'were')} allowed that ${stated === undefined && baseline !== null ? zeroBaselineWords(baseline) : 'the charter'} does not approve: ${names(
          stray.map((item) => item.label),
          4,
        )}.`,
      ).fail([cite, ...stray.flatMap((item) => item.evidence)], stray);
    if (nameless.length > 0) return openList();
    const unsure = [...maybe.values()].filter((item) => !approved.has(item.key));
    if (unsure.length > 0) return openUnblocked(unsure);
    if (listed.size === 0) return noneListed();
    return because(
      'connectors.desktop_extensions.all_approved',
      `The allowlist for desktop extensions is on, and the charter approves the ${count(listed.size, 'extension')} that the log shows on it.`,
    ).pass([cite, ...events.evidence]);
  },
});
// Guide: G2.2-16 G2.2-18 GA-06

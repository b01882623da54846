import { z } from 'zod';
import { settingName } from '../../activity/payload.ts';
import { defineRule } from '../../model/rule.ts';
import { ask } from '../../text/message.ts';
import { count, dayWords, names } from '../../text/words.ts';
import { askCharter } from '../operations/ask.ts';
import { absent, because } from '../outcome.ts';
import { changedLater, givenTwice } from '../settings-since.ts';

/** A retention period from the settings, in days; a range because months have 28 to 31. */
export type Kept = { readonly shortest: number; readonly longest: number; readonly words: string };

/** The vendor keeps chats without limit unless an Enterprise client sets a period (at least 30 days). */
export const chatRetention = defineRule({
  name: 'chat-retention',
  about:
    'Compares the retention period for chats in the effective settings with the one that the charter decides on.',
  params: z.strictObject({}),
  decide(context) {
    const { charter } = context;
    const wanted = charter.ok ? charter.value.chatRetentionDays : undefined;
    if (!charter.ok || wanted === undefined)
      return askCharter(
        context,
        'chatRetentionDays',
        'for how many days chats are kept',
        '0 means without limit',
      );
    const meant = charter.cite('chatRetentionDays', wanted === 0 ? 'without limit' : count(wanted, 'day'));
    const settings = context.read('settings');
    if (!settings.ok) return absent(settings).cannotRead(settings.howToGet, [meant]);
    const row = settings.rows.find((candidate) => settingName(candidate.name) === 'data_retention_periods');
    const look = ask(
      'look',
      'retention',
      'Look at the data retention controls in the organization settings of Claude and record the period.',
    );
    if (!row)
      return because(
        'visibility.chat_retention.no_row',
        'The settings file has no row for retention periods, which means that this organization cannot control them, not that there are none.',
      ).cannotRead(look, [...settings.evidence, meant]);
    const later = changedLater(
      context,
      'data_retention_periods',
      settings.observedOn,
      row.organization,
      row.value,
    );
    const kept = keptFor(later === null ? row.value : later.current);
    const evidence = [
      settings.cite(row, keptFor(row.value)?.words ?? 'no period for chats'),
      ...(later === null ? [] : [later.evidence]),
      meant,
    ];
    if (later === null && givenTwice(settings.rows, 'data_retention_periods'))
      return because(
        'visibility.chat_retention.two_values',
        'The settings file gives two retention periods.',
      ).cannotRead(ask('source', 'settings', 'Save the settings file again.', 'again'), evidence);
    if (!kept && later !== null)
      return because(
        'visibility.chat_retention.changed_since',
        `The retention periods were changed on ${dayWords(later.on)}, after the settings file, and the event gives no readable period for chats.`,
      ).changedOn(later.on, ask('source', 'settings', 'Save the settings file again.', 'again'), evidence);
    if (!kept)
      return because(
        'visibility.chat_retention.not_understood',
        'The settings file gives no readable retention period for chats.',
      ).cannotRead(look, evidence);
    const decided = wanted === 0 ? 'without limit' : `for ${count(wanted, 'day')}`;
    const matches =
      wanted === 0
        ? kept.shortest === Number.POSITIVE_INFINITY
        : kept.shortest <= wanted && wanted <= kept.longest;
    return matches
      ? because(
          'visibility.chat_retention.as_decided',
          `Chats are kept ${kept.words}, as the charter decides.${otherwiseKept(later === null ? row.value : later.current, kept)}`,
          { kept: kept.words },
        ).pass(evidence)
      : because(
          'visibility.chat_retention.not_as_decided',
          `Chats are kept ${kept.words}; the charter decides to keep them ${decided}.`,
          { kept: kept.words, decided },
        ).fail(evidence);
  },
});

/** Kinds of data besides chats with their own retention periods. */
const OTHER_DATA = {
  project: 'projects',
  artifact_private: 'private artifacts',
  artifact_shared: 'shared artifacts',
} as const;

/** Kinds of data with a different period than chats, as a sentence with a leading space; empty: none. */
function otherwiseKept(value: unknown, chats: Kept): string {
  const others = Object.entries(OTHER_DATA).flatMap(([kind, what]) => {
    const kept = keptFor(value, kind);
    return kept === null || kept.words === chats.words ? [] : [`${what} ${kept.words}`];
  });
  return others.length === 0
    ? ''
    : ` Other data has periods of its own, which the charter does not decide: ${names(others)}.`;
}

/** The period for chats, or another kind of data, in the setting's value; null: none that can be parsed. */
export function keptFor(value: unknown, kind = 'chat'): Kept | null {
  const map = typeof value === 'string' ? parsed(value) : value;
  // Settings map kinds of data to periods; a change event has a list whose entries name the kind.
  const of = (type: string) =>
    Array.isArray(map)
      ? map.filter((one) => member(one, 'data_type') === type)
      : [member(map, type)].filter((one) => one !== undefined && one !== null);
  const own = of(kind);
  const periods = own.length > 0 || kind !== 'chat' ? own : of('all');
  // If one kind of data has two periods, it is not known which applies.
  if (new Set(periods.map((one) => JSON.stringify(one))).size > 1) return null;
  const [period] = periods;
  if (member(period, 'type') === 'indefinite' || member(period, 'timescale') === 'indefinite') {
    return { shortest: Number.POSITIVE_INFINITY, longest: Number.POSITIVE_INFINITY, words: 'without limit' };
  }
  const duration = member(period, 'duration');
  if (typeof duration !== 'number' || !Number.isInteger(duration) || duration < 1) return null;
  const scale = member(period, 'timescale');
  if (scale === 'day')
    return { shortest: duration, longest: duration, words: `for ${count(duration, 'day')}` };
  return scale === 'month'
    ? { shortest: duration * 28, longest: duration * 31, words: `for ${count(duration, 'month')}` }
    : null;
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

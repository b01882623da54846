import { z } from 'zod';
import { hadNoEffect } from '../../activity/payload.ts';
import { UNNAMED_CONNECTOR } from '../../activity/tools.ts';
import { dayOf } from '../../model/local-time.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import { type Ask, ask, askAll } from '../../text/message.ts';
import { count, dayWords, names, verb } from '../../text/words.ts';
import { absent, because } from '../outcome.ts';
import { exportedTelemetry } from '../visibility/telemetry.ts';
import { chartered, charterWords } from './charter-asked.ts';
import { approvalsOf } from './chartered.ts';
import { detailText } from './events.ts';
import { callsOf, countedUse, type Used, usedByAnalytics, usedByTelemetry } from './in-use.ts';
import { matchConnector } from './match.ts';

/** CON-33: no unapproved connector is in use while no lockdown is on record (guide 2.2, step 3). */
export const inUseUnlocked = defineRule({
  name: 'in-use-before-lockdown',
  signed: () => ['lockdown'],
  about:
    'As long as the journal has no lockdown that a file shows or that nothing contradicts, lists each connector that calls, links or usage files show in use and the charter does not approve, with the people the sources name. If none is in use, it says nothing: whether there was a lockdown is another control.',
  params: z.strictObject({}),
  decide(context) {
    const { journal, today } = context;
    // An unusable journal may contain the lockdown.
    if (!journal.ok && journal.code === 'unusable') return absent(journal).cannotRead(null);
    const lockdown = journal.ok ? journal.value.lockdown : undefined;
    if (journal.ok && lockdown && lockdown.on <= today && journal.value.lockdownFile === undefined)
      return because(
        'connectors.in_use_unlocked.locked_down',
        `Connectors were locked down on ${dayWords(lockdown.on)} by ${lockdown.by}. Anything used since then is compared with the charter.`,
        { by: lockdown.by },
      ).notApplicable([
        journal.cite('lockdown', `locked down by ${lockdown.by} on ${dayWords(lockdown.on)}`),
      ]);
    const charter = chartered(context);
    const approved = charter.ok ? charter.approved : [];
    const used = usedSoFar(context);
    if (!charter.ok && !context.charter.ok && context.charter.code === 'unusable' && used.length > 0)
      return charter.said.cannotRead(charter.ask);
    // A connector whose name the sender withholds may be an approved one.
    const stray = used.filter(
      ({ place }) =>
        approvalsOf(place, approved).length === 0 &&
        (approved.length === 0 || place.name !== UNNAMED_CONNECTOR),
    );
    const none =
      lockdown && lockdown.on <= today
        ? `The lockdown of ${dayWords(lockdown.on)} in the journal does not count, because ${journal.ok && journal.value.lockdownFile === 'differs' ? 'the file that shows it is not the one that was recorded' : 'the file that shows it is missing'}`
        : 'No lockdown of connectors is on record';
    if (stray.length === 0) {
      const words =
        used.length === 0
          ? `${none}, and no source shows a connector in use so far.`
          : `${none}, and ${charterWords(context)} approves each connector that the sources name as in use.`;
      const unseen = sourceOfUse(context);
      if (unseen !== null)
        return because(
          'connectors.in_use_unlocked.unseen',
          `${words} What is in use cannot be read: ${unseen.why}`,
        ).cannotRead(unseen.question, charter.ok ? [charter.evidence] : []);
      return because('connectors.in_use_unlocked.none_seen', words).notApplicable(
        charter.ok ? [charter.evidence] : [],
      );
    }
    const items = stray.map(({ place, people, on, evidence }) => ({
      key: place.key.toLowerCase(),
      label: place.name,
      detail: `${people.length === 0 ? 'By whom is not reported' : `Used by ${names(people, 6)}`}${on === '' ? '' : `; last on ${dayWords(on)}`}.`,
      evidence: evidence.slice(0, 5),
    }));
    return because(
      'connectors.in_use_unlocked.in_use',
      `${none}, and ${count(stray.length, 'connector')} that ${charter.ok ? `${charterWords(context)} does not approve` : 'no charter approves'} ${verb(stray.length, 'is', 'are')} in use: ${names(
        stray.map(({ place, people }) =>
          people.length === 0 ? place.name : `${place.name} (by ${names(people, 3)})`,
        ),
        4,
      )}.`,
    ).fail(
      items.flatMap((item) => item.evidence),
      items,
    );
  },
});

/** What to import if no source shows which connectors are in use; null: one does, at least in part. */
function sourceOfUse(context: CheckContext): { readonly why: string; readonly question: Ask } | null {
  const received = context.journal.ok ? (context.journal.value.telemetryReceived ?? []) : [];
  if (countedUse(context).length + received.length > 0 || exportedTelemetry(context) !== null) return null;
  const analytics = context.read('analytics_connectors');
  if (analytics.ok) return null;
  const { claudePlan } = context.profile;
  const events = claudePlan === 'enterprise' ? context.events() : null;
  if (events?.ok === true) return null;
  return {
    why: events?.why ?? 'No telemetry has been received, and no file of it was imported.',
    question:
      askAll([
        ask(
          'source',
          'telemetry',
          'Import telemetry of Claude, or have it sent to Bylaw, or look at Organization settings > Connectors and lock connectors down.',
          'use_of_connectors',
        ),
        ...(events === null ? [] : [events.howToGet, analytics.howToGet]),
      ]) ?? analytics.howToGet,
  };
}

/** Usage according to calls that Bylaw counted, imported files and the log of links; one entry per connector. */
function usedSoFar(context: CheckContext): Used[] {
  const all = [...countedUse(context), ...inFiles(context), ...linked(context)];
  return [...Map.groupBy(all, ({ place }) => place.key).values()].flatMap((same): Used[] => {
    const [first] = same;
    if (first === undefined) return [];
    return [
      {
        place: first.place,
        people: [...new Set(same.flatMap(({ people }) => people))].sort(),
        on: newest(same.map(({ on }) => on)),
        evidence: same.flatMap(({ evidence }) => evidence),
      },
    ];
  });
}

function inFiles(context: CheckContext): Used[] {
  const zone = context.profile.timezone;
  const telemetry = exportedTelemetry(context);
  const analytics = context.read('analytics_connectors');
  return [
    ...usedByTelemetry(context).map(({ place, rows }) => ({
      place,
      people: rows.flatMap(({ person }) => person ?? []),
      on: newest(rows.map(({ at }) => dayOf(at, zone))),
      evidence: rows.slice(-1).flatMap((row) => telemetry?.cite(row, `${place.name} called`) ?? []),
    })),
    ...usedByAnalytics(context).map(({ place, rows }) => ({
      place,
      people: [],
      on: newest(rows.flatMap((row) => (callsOf(row) === 0 ? [] : (row.on ?? [])))),
      evidence: analytics.ok
        ? rows.slice(-1).map((row) => analytics.cite(row, `${place.name} in the usage analytics`))
        : [],
    })),
  ];
}

function newest(days: readonly string[]): string {
  return days.toSorted().at(-1) ?? '';
}

/** Enterprise: the log shows who linked a connector, even if they have not used it since. */
function linked(context: CheckContext): Used[] {
  if (context.profile.claudePlan !== 'enterprise') return [];
  const events = context.events();
  if (!events.ok) return [];
  return events.rows.flatMap((row): Used[] => {
    if (row.type !== 'integration_user_connected' || hadNoEffect(row.type, row.detail)) return [];
    const name = detailText(row, 'mcp_server_name') ?? detailText(row, 'integration_type');
    if (name === null) return [];
    const on = dayOf(row.at, context.profile.timezone);
    const who = row.actorName ?? row.actorEmail;
    return [
      {
        place: matchConnector(name, context.catalogue),
        people: who === null ? [] : [who],
        on,
        evidence: [events.cite(row, `linked on ${dayWords(on)}`)],
      },
    ];
  });
}
// Guide: G2.2-18

import { z } from 'zod';
import { daysBetween } from '../../model/day.ts';
import type { Evidence } from '../../model/reading.ts';
import { type CheckContext, defineRule } from '../../model/rule.ts';
import { type Ask, ask, askAll } from '../../text/message.ts';
import { count, dayWords, names, sentence } from '../../text/words.ts';
import { because } from '../outcome.ts';
import { ASK_EARLIER, firstAccess } from '../policy/first-access.ts';
import { firstPolicy } from '../policy/published-first.ts';

/** One of the steps that guide 2.1 and 2.2 require before the first invitation. */
type Step = { readonly key: string; readonly words: string } & (
  | { readonly on: string; readonly by: string; readonly evidence: readonly Evidence[] }
  | { readonly on: null; readonly question: Ask | null }
);

/** Guide 2.1 and 2.2: the order in which Claude is introduced. */
export const beforeFirstInvitation = defineRule({
  name: 'before-first-invitation',
  signed: () => ['connectorInventory', 'lockdown', 'announcements'],
  about:
    'Connector inventory, classification of actions, policy, announcement and lockdown are dated on or before the day on which staff first got access.',
  needs: { members: ['role', 'addedOn'] },
  params: z.strictObject({}),
  decide(context) {
    const access = firstAccess(context);
    if (!access.ok) return access.outcome;
    const steps = stepsOf(context, access.day);
    const dated = steps.flatMap((step) => (step.on === null ? [] : [step]));
    const undated = steps.flatMap((step) => (step.on === null ? [step] : []));
    const late = dated.filter((step) => step.on > step.by);
    const evidence = [...access.evidence, ...dated.flatMap((step) => step.evidence)];
    const unknown =
      undated.length > 0
        ? ` No day is known for ${names(
            undated.map((step) => step.words),
            6,
          )}.`
        : '';
    if (late.length > 0) {
      const after = (step: (typeof late)[number]) => `${count(daysBetween(step.by, step.on), 'day')} late`;
      return because(
        'operations.before_first_invitation.late',
        `${count(late.length, 'step')} came after ${access.words}: ${names(
          late.map((step) => `${step.words} on ${dayWords(step.on)} (${after(step)})`),
          6,
        )}.${unknown}`,
      ).fail(
        evidence,
        late.map((step) => ({
          key: step.key,
          label: sentence(step.words),
          detail: `Done on ${dayWords(step.on)}, due by ${dayWords(step.by)}.`,
          evidence: step.evidence,
        })),
      );
    }
    if (undated.length > 0) {
      return because(
        'operations.before_first_invitation.unknown',
        `Whether everything was done before ${access.words} cannot be determined.${unknown}`,
      ).cannotRead(askAll(undated.flatMap((step) => step.question ?? [])), evidence);
    }
    if (access.byThen)
      return because(
        'operations.before_first_invitation.access_unknown',
        `Whether everything was done before ${access.words} cannot be determined.`,
      ).cannotRead(ASK_EARLIER, evidence);
    return because(
      'operations.before_first_invitation.in_time',
      `All ${dated.length} steps were done on or before ${access.words}: ${names(
        dated.map((step) => step.words),
        dated.length,
      )}.`,
    ).pass(evidence);
  },
});

function stepsOf(context: CheckContext, by: string): Step[] {
  const { journal, today } = context;
  const written = journal.ok ? journal.value : {};
  const done = (key: 'connectorInventory' | 'lockdown', words: string): Step => {
    const on = written[key]?.on;
    if (!journal.ok || on === undefined || on > today)
      return {
        key: key.toLowerCase(),
        words,
        on: null,
        question: ask('journal', key, `Write the day under “${key}” in the journal.`, 'day'),
      };
    return {
      key: key.toLowerCase(),
      words,
      on,
      by,
      evidence: [journal.cite(key, `${words} ${dayWords(on)}`)],
    };
  };
  const steps: Step[] = [done('connectorInventory', 'connector inventory'), ...classification(context, by)];
  const policy = firstPolicy(context, by);
  steps.push(
    policy.known
      ? { key: 'policy', words: 'policy publication', on: policy.on, by, evidence: policy.evidence }
      : { key: 'policy', words: 'policy publication', on: null, question: policy.outcome.ask ?? null },
  );
  const announced = (written.announcements ?? [])
    .map((entry, index) => ({ entry, index }))
    .filter(
      ({ entry }) => entry.about === 'organization_accounts' && entry.on <= today && entry.recipients !== 0,
    )
    .sort((a, b) => (a.entry.on < b.entry.on ? -1 : 1))[0];
  steps.push(
    journal.ok && announced
      ? {
          key: 'announcement',
          words: 'announcement to staff',
          on: announced.entry.on,
          by,
          evidence: [
            journal.cite(`announcements.${announced.index}`, `announced ${dayWords(announced.entry.on)}`),
          ],
        }
      : {
          key: 'announcement',
          words: 'announcement to staff',
          on: null,
          question: ask(
            'journal',
            'announcements',
            'Write the announcement under “announcements” in the journal, about: organization_accounts.',
            'organization_accounts',
          ),
        },
  );
  steps.push(done('lockdown', 'connector lockdown'));
  return steps;
}

/** One step per approved connector. One added later by a formally approved change is due on that day. */
function classification(context: CheckContext, by: string): Step[] {
  const { charter, journal, today } = context;
  const connectors = charter.ok ? charter.value.connectors : undefined;
  if (!charter.ok || !connectors) {
    return [
      {
        key: 'classification',
        words: 'classification of connector actions',
        on: null,
        question: ask(
          'charter',
          'connectors',
          'List the approved connectors with actionsClassified under “connectors” in the charter; an empty list is a valid answer.',
          'actionsClassified',
        ),
      },
    ];
  }
  return connectors.map((connector, index): Step => {
    const words = `classification of ${connector.name}`;
    const key = `classification/${connector.name.toLowerCase()}`;
    const on = connector.actionsClassified;
    // A day before Claude existed is a typing error, so the day is not known.
    if (on === undefined || on > today || on < (context.catalogue.policyTemplate.claude_since?.day ?? ''))
      return {
        key,
        words,
        on: null,
        question: ask(
          'charter',
          'connectors.actionsClassified',
          `State actionsClassified of ${connector.name} under “connectors” in the charter.`,
          connector.name,
        ),
      };
    const added = (journal.ok ? (journal.value.approvedChanges ?? []) : [])
      .filter(
        (change) =>
          change.to === 'added' &&
          change.connector.toLowerCase() === connector.name.toLowerCase() &&
          change.on > by,
      )
      .map((change) => change.on)
      .sort()[0];
    return {
      key,
      words,
      on,
      by: added ?? by,
      evidence: [charter.cite(`connectors.${index}.actionsClassified`, `${words} ${dayWords(on)}`)],
    };
  });
}
// Guide: G2-00 G2.1-00 G2.1-03 G2.1-04 G2.1-05 G2.1-06 G2.2-19 GA-05

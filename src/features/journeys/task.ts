import { contextFor, type EvaluationState } from '#domain/decide/context.ts';
import { DEFAULT_FRESH_DAYS } from '#domain/decide/fresh-days.ts';
import { type Concern, concernsOf, type RosterDoubt, rosterDoubt } from '#domain/journeys/people/concerns.ts';
import { type EntraBegins, entraBegins } from '#domain/journeys/people/entra-begins.ts';
import { linksOf, stepOfLink } from '#domain/journeys/people/links.ts';
import { type Asked, type Person, personOf, type Shown } from '#domain/journeys/people/person.ts';
import { PROOF } from '#domain/journeys/people/proofs.ts';
import { isOwner } from '#domain/journeys/people/seats.ts';
import { hadPersonalAccount } from '#domain/journeys/people/traces.ts';
import { daysBetween } from '#domain/model/day.ts';
import type { JourneyKind, JourneyStep } from '#domain/model/person-journey.ts';
import type { CheckContext } from '#domain/model/rule.ts';
import { address } from '#domain/people/names.ts';
import { evidenceOf, type PersonEvidence } from '../people/index.ts';

declare module '../shared/services/tasks.ts' {
  interface Tasks {
    personJourneys: typeof personJourneys;
  }
}

/** An offboarding or onboarding to evaluate. */
export interface AskedJourney {
  readonly id: string;
  readonly kind: JourneyKind;
  readonly key: string;
  readonly name: string;
  readonly day: string;
}

export interface ShownStep extends Omit<Shown, 'evidence'> {
  readonly step: JourneyStep;
  /** Day on which it was done, from the client's journal; null if there is no entry. */
  readonly journal: string | null;
  readonly evidence: readonly PersonEvidence[];
}

export interface ShownJourney {
  readonly id: string;
  readonly name: string;
  readonly seat: string | null;
  readonly concerns: readonly Concern[];
  /** Only the steps that apply to the person. */
  readonly steps: readonly ShownStep[];
}

/** What a client's readings show about everyone who leaves or joins, and whether the lists of staff are reliable. */
export interface JourneysReading {
  readonly roster: RosterDoubt | null;
  readonly readOn: Readonly<Record<'members' | 'roster' | 'entra_users', string | null>>;
  /** People whom only the Entra users show to leave or to join. */
  readonly entra: Pick<EntraBegins, 'leaving' | 'joining'>;
  readonly journeys: readonly ShownJourney[];
}

export function personJourneys(
  given: { readonly shared: EvaluationState },
  asked: readonly AskedJourney[],
): JourneysReading {
  const { catalogue } = given.shared.input;
  const [control] = catalogue.controls;
  if (control === undefined) throw new Error('the catalogue has no control');
  const doubted = rosterDoubt(contextFor(given.shared, control, DEFAULT_FRESH_DAYS));
  // Starting an offboarding from a roster that looks incomplete needs confirmation, so it is shown all the same.
  const shared = doubted === null ? given.shared : given.shared.fromParts(['roster']);
  const context = contextFor(shared, control, DEFAULT_FRESH_DAYS);
  const on = (kind: 'members' | 'roster' | 'entra_users') => {
    const read = context.read(kind);
    return read.ok ? read.observedOn : null;
  };
  const { doubt, ...entra } = entraBegins(context);
  return {
    roster: doubted ?? doubt,
    entra,
    readOn: { members: on('members'), roster: on('roster'), entra_users: on('entra_users') },
    journeys: asked.map((one): ShownJourney => {
      const person = personOf(context, one.key, one.name);
      const steps = catalogue.personJourneys.find(({ id }) => id === one.kind)?.steps ?? [];
      return {
        id: one.id,
        name: person.name,
        seat: person.accounts[0]?.seat ?? null,
        concerns: concernsOf(context, person, one.kind, one.day),
        steps: steps
          .filter((step) => applies(step, person, context))
          .flatMap((step) => shownSteps(shared, { context, person, day: one.day }, one.kind, step)),
      };
    }),
  };
}

function applies({ when }: JourneyStep, person: Person, context: CheckContext): boolean {
  if (when === 'personal_account') return hadPersonalAccount({ context, person });
  return when === 'always' || owns(person, context);
}

/** Owner now or in an earlier members file: handing the role over must not remove the step that asked for it. */
function owns({ accounts, addresses }: Person, context: CheckContext): boolean {
  return (
    accounts.some(isOwner) ||
    context
      .history('members')
      .some(({ rows }) => rows.some((row) => isOwner(row) && addresses.has(address(row.email))))
  );
}

/** One step, or one for each system that the person linked according to the readings. */
function shownSteps(
  shared: EvaluationState,
  asked: Asked,
  kind: JourneyKind,
  step: JourneyStep,
): ShownStep[] {
  const links = step.proof === 'connectors_revoked' ? linksOf(asked) : [];
  const each =
    links.length === 0
      ? [{ step, shown: PROOF[step.proof](asked) }]
      : links.map(({ system, shown }) => ({ step: stepOfLink(step, system), shown }));
  return each.map((one): ShownStep => {
    const { evidence, ...shown } = one.shown;
    return {
      ...shown,
      step: one.step,
      journal: journalDay(asked, kind, step),
      evidence: evidence.map((cited) => evidenceOf(shared, cited)),
    };
  });
}

/** Maximum days between a journal entry and the last or first day for the entry to belong to it. */
const SAME_DAYS = 31;

function journalDay(
  { context, person, day }: Asked,
  kind: JourneyKind,
  { journal }: JourneyStep,
): string | null {
  if (journal === undefined || !context.journal.ok) return null;
  const { offboardings = [], onboardings = [] } = context.journal.value;
  const entries =
    kind === 'leaving'
      ? offboardings.map((entry) => ({ ...entry, day: entry.lastDay }))
      : onboardings.map((entry) => ({ ...entry, day: entry.start }));
  const days = entries
    .filter(
      (entry) =>
        person.addresses.has(address(entry.email)) && Math.abs(daysBetween(entry.day, day)) <= SAME_DAYS,
    )
    .map((entry) => (entry as Readonly<Record<string, unknown>>)[journal])
    .filter((one) => typeof one === 'string' && one <= context.today);
  return (days.sort().at(-1) as string | undefined) ?? null;
}
// Guide: G6.6-00 G7.3-01

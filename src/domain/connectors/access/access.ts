import type { CheckContext } from '../../model/rule.ts';
import type { Gate } from './gate.ts';
import { gate, unknownGate } from './gate.ts';
import { organizationGate } from './organization.ts';
import { signInOf } from './sign-in.ts';
import { type Subject, subjectsOf, type Who } from './subject.ts';
import { type System, type Systems, systemsOf } from './systems.ts';
import { countResults, foldResults, type Result, type ResultCounts, resultOf } from './words.ts';

export interface AccessInput {
  /** Check context of the control on the connectors table. */
  readonly context: CheckContext;
  /** Check context of the control on links to Microsoft 365. */
  readonly links: CheckContext;
  /** Days for which a review of rights in a source system counts; null: not defined. */
  readonly reviewDays: number | null;
}

export interface ActionAccess {
  readonly id: string;
  readonly title: string;
  readonly tool: string | null;
  readonly effect: System['actions'][number]['row']['effect'];
  /** rest: the line for everything not listed, which is not an action itself. */
  readonly kind: System['actions'][number]['row']['kind'];
  /** What the charter sets. Shown only; it never affects the result. */
  readonly charter: System['actions'][number]['row']['charter'];
  readonly organization: Gate;
  readonly result: Result;
  /** The sentence of the deciding gate. */
  readonly because: string;
}

export interface ConnectorAccess {
  readonly id: string;
  readonly name: string;
  readonly charter: string | null;
  /** Whether the connector can be used at all: seat and connector, regardless of action. */
  readonly organization: Gate;
  readonly signIn: Gate;
  readonly rights: Gate;
  readonly prerequisite: System['prerequisite'];
  readonly actions: readonly ActionAccess[];
  /** Counts of actions; the line for everything not listed is not counted. */
  readonly counts: ResultCounts;
  readonly result: Result;
  /** Something to know that no gate covers; null: nothing. */
  readonly note: string | null;
}

export interface PersonAccess {
  readonly name: string;
  readonly seat: Gate;
  readonly connectors: readonly ConnectorAccess[];
}

export interface Access extends Systems {
  readonly subjects: ReturnType<typeof subjectsOf>;
  signIn(system: System, subject: Subject): Gate;
  person(who: Who): PersonAccess;
}

/**
 * What Claude can reach for a person, through three gates: the organization, their own sign-in, and whose rights apply
 * in the system. Pure. Each gate explains its state. What no source reports stays unknown, and the charter, which is
 * intent, never replaces an observed setting.
 */
export function accessOver({ context, links, reviewDays }: AccessInput): Access {
  const systems = systemsOf(context, reviewDays);
  const subjects = subjectsOf(context);
  const signIn = signInOf(links);
  return {
    ...systems,
    subjects,
    signIn: ({ connector }, subject) => signIn(connector, subject),
    person: (who) => {
      const subject = subjects.of(who);
      return {
        name: subject.name,
        seat: subject.seat,
        connectors: systems.systems.map((system) =>
          connectorAccess(system, subject, signIn(system.connector, subject)),
        ),
      };
    },
  };
}

const USABLE = gate('open', '');

function connectorAccess(system: System, subject: Subject, signIn: Gate): ConnectorAccess {
  const { connector, enabled, rights } = system;
  const both = organizationGate(subject.seat, enabled, USABLE);
  const organization = both === USABLE ? enabled : both;
  const actions = system.actions.map(({ row, state }): ActionAccess => {
    const own = organizationGate(subject.seat, enabled, state);
    const result = resultOf(own.state, signIn.state);
    return {
      id: row.id,
      title: row.title,
      tool: row.tool,
      effect: row.effect,
      kind: row.kind,
      charter: row.charter,
      organization: own,
      result,
      because: becauseOf(result, own, signIn, rights),
    };
  });
  const results = actions.map(({ result }) => result);
  // Tools that no line covers may still exist, so "cannot" is certain only if the connector or the sign-in is closed.
  const alone = resultOf(organization.state === 'open' ? 'unknown' : organization.state, signIn.state);
  return {
    id: connector.id,
    name: connector.name,
    charter: connector.charter,
    organization:
      actions.length === 0 && organization.state === 'open'
        ? unknownGate(
            `${organization.words} No file lists what it can do.`,
            `Write one line per action of ${connector.name} into the connectors table.`,
            organization.evidence,
          )
        : organization,
    signIn,
    rights,
    prerequisite: system.prerequisite,
    actions,
    counts: countResults(actions.filter(({ kind }) => kind !== 'rest').map(({ result }) => result)),
    result: foldResults(actions.some(({ kind }) => kind === 'rest') ? results : [...results, alone]),
    note:
      signIn.state === 'open' && subject.seat.state === 'closed'
        ? 'They hold no seat, so this link can only be from another Claude account, which nothing here governs. Ask them, and remove the link in the system.'
        : null,
  };
}

function becauseOf(result: Result, organization: Gate, signIn: Gate, rights: Gate): string {
  if (organization.state === 'closed') return organization.words;
  if (signIn.state === 'closed') return signIn.words;
  if (result === 'unknown')
    return [organization, signIn]
      .filter(({ state }) => state === 'unknown')
      .map(({ words }) => words)
      .join(' ');
  return `${organization.words} ${signIn.words} ${rights.words}`;
}

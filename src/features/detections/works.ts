import type { ClientContext } from '#domain/detections/enrich.ts';
import { hasRoster, inForceAt } from '#domain/detections/in-force.ts';
import type { Detection } from '#domain/detections/sigma.ts';
import { count } from '#domain/text/words.ts';
import { SOURCE_WORDS, type SourceStates } from './source-states.ts';

export interface Works {
  readonly can: 'yes' | 'no' | 'unknown';
  readonly why: string | null;
}

/**
 * Whether a rule can raise anything for a client, and why not. A rule that cannot work is never shown as one that found
 * nothing.
 */
export function worksFor(
  { bylaw }: Detection,
  context: ClientContext,
  states: SourceStates,
  people: number,
  at: { readonly now: string; readonly today: string },
): Works {
  const { sources, plan, facts, people: fewest } = bylaw.needs;
  const no = (why: string): Works => ({ can: 'no', why });
  const { profile, charters, roster } = context;
  const charter = charters[inForceAt(charters, at.now)]?.value;
  if (plan === 'enterprise' && profile.claudePlan !== 'enterprise')
    return no(`It needs Claude Enterprise. ${bylaw.blind}`);
  const missing: Readonly<Record<(typeof facts)[number], string | null>> = {
    charter: charter?.connectors === undefined && charter?.owners === undefined ? 'a charter in force' : null,
    roster: hasRoster(roster, at.today) ? null : 'a staff roster of the last 30 days',
    hours: profile.normalHours === undefined ? 'the normal hours in the client’s settings' : null,
    organisation:
      charter?.claudeOrganization === undefined ? 'the id of the Claude organisation in the charter' : null,
    keys: charter?.approvedApiKeys === undefined ? 'the list of approved keys in the charter' : null,
    telemetry: null,
  };
  const lacks = facts.flatMap((fact) => missing[fact] ?? []);
  if (lacks.length > 0) return no(`It has nothing to compare with: it needs ${lacks.join(' and ')}.`);
  const found = sources.map((source) => states[source]);
  if (found.every(({ can }) => can === 'no'))
    return no(
      `No source that it reads delivers: it needs ${sources.map((one) => SOURCE_WORDS[one]).join(' or ')}.`,
    );
  if (fewest !== undefined && people < fewest)
    return no(
      `It cannot fire with fewer than ${fewest} active people, and there ${people === 1 ? 'was' : 'were'} ${count(people, 'person', 'people')} in 28 days.`,
    );
  const other = bylaw.absence === undefined ? null : states[bylaw.absence.source];
  if (other?.can === 'no' && bylaw.absence !== undefined)
    return no(`It compares two sources, and nothing is read of ${SOURCE_WORDS[bylaw.absence.source]}.`);
  if (other?.can === 'unknown') return { can: 'unknown', why: other.why };
  if (found.some(({ can }) => can === 'yes')) return { can: 'yes', why: null };
  // Nothing found is no finding while its sources are not whole.
  return { can: 'unknown', why: found.flatMap(({ why }) => why ?? []).join(' ') };
}

import { cached } from '#store/cache.ts';
import { shownCharter } from '../connectors/index.ts';
import type { HandlerContext } from '../context.ts';
import { headsNow } from '../controls/index.ts';
import { notFound } from '../problems.ts';
import type { PersonGrant } from './grant-findings.ts';
import type { Linkers } from './linkers.ts';

const REQUIREMENTS = [
  {
    id: 'consent',
    title: 'Both applications are in Entra, with an administrator’s consent',
    what: 'The connector is two applications in Entra. Only their ids identify them; anyone can copy a name.',
    controls: ['CLA-M365-03', 'CLA-M365-07'],
  },
  {
    id: 'assignment',
    title: 'Only assigned people may use Claude’s applications',
    what: 'The two of the connector, and the one for signing in to Claude. Assignment limits who in the tenant may connect, not from which Claude account.',
    controls: ['CLA-M365-04'],
  },
  {
    id: 'scopes',
    title: 'It has the scopes that the charter needs and no others',
    what: 'Consenting again restores the whole default set, so check after every consent.',
    controls: ['CLA-M365-06'],
  },
  {
    id: 'access',
    title: 'Conditional Access covers it, and leaves its addresses out of location and sign-in frequency',
    what: 'Claude’s servers call Microsoft from their own addresses. A policy on location or sign-in frequency breaks the connector; MFA applies when someone connects.',
    controls: ['CLA-M365-09', 'CLA-M365-14'],
  },
  {
    id: 'sharing',
    title: 'SharePoint sharing was reviewed first',
    what: 'Claude stays within the rights of the person, and finds what no one would have looked for.',
    controls: ['CLA-M365-08'],
  },
] as const;

/** The requirements of the connector with their verdicts, and its state in Entra. */
export async function showMicrosoftConnector(
  context: HandlerContext,
  { draft }: { readonly draft?: string | undefined },
) {
  const { services, client } = context;
  const shown = await context.read((tx) => shownCharter(tx, context, draft));
  const which = shown.draft === null ? 'in force' : `${shown.draft.id} ${shown.draft.version}`;
  const key = `microsoft connector ${which} ${shown.today}`;
  const reading = await cached(services.store, [client.id], { key, weight: 2 }, async () => {
    const run = await services.verdicts.run(client.id, 'microsoftConnector', { charter: shown.value });
    return run?.result ?? null;
  });
  if (reading === null) throw notFound();
  const heads = context.can('controls.read') ? (await headsNow(context)).verdicts : [];
  const current = new Map(heads.map((one) => [one.control, one]));
  const titles = new Map(services.catalogue.controls.map(({ id, title }) => [id, title]));
  return {
    charter:
      shown.draft !== null
        ? `Draft “${shown.draft.title}”, not in force`
        : shown.current === null
          ? 'No charter in force'
          : `Charter version ${shown.current.version}`,
    requirements: REQUIREMENTS.map(({ controls, ...one }) => ({
      ...one,
      controls: controls.map((id) => ({
        id,
        title: titles.get(id) ?? id,
        state: current.get(id)?.state ?? null,
        reason: current.get(id)?.reason ?? null,
      })),
    })),
    apps: [...reading.apps],
    scopes: [...reading.scopes],
    lacking: [...reading.lacking],
    needed: { ...reading.needed, unclear: [...reading.needed.unclear] },
    since:
      reading.since === null
        ? null
        : { ...reading.since, added: [...reading.since.added], removed: [...reading.since.removed] },
    consents: reading.consents === null ? null : { ...reading.consents, list: [...reading.consents.list] },
    removals: reading.removals.map((one) => ({ ...one, removes: [...one.removes], keeps: [...one.keeps] })),
    linkers: reading.linkers === null ? null : shownLinkers(reading.linkers, context.can('people.read')),
    people: shownGrants(reading.people, context.can('people.read')),
    egress: reading.egress,
    observed: reading.observed,
  };
}
function shownGrants(people: readonly PersonGrant[] | null, named: boolean) {
  if (people === null) return null;
  return {
    count: people.length,
    withoutSeat: people.filter(({ seat }) => seat === false).length,
    unknown: people.filter(({ seat }) => seat === null).length,
    list: named ? people.slice(0, GRANTS).map((one) => ({ ...one, scopes: [...one.scopes] })) : [],
  };
}

/** Maximum grants listed. */
const GRANTS = 200;
/** Maximum people listed by name. */
const NAMED = 50;

function shownLinkers({ people, ...linkers }: Linkers, named: boolean) {
  return {
    ...linkers,
    count: people.length,
    withoutSeat: people.filter(({ seat }) => !seat).length,
    // Those without a seat first, because they are the unexpected ones.
    names: named
      ? people
          .toSorted((a, b) => Number(a.seat) - Number(b.seat))
          .slice(0, NAMED)
          .map(({ name }) => name)
      : [],
  };
}
// Guide: G3.2-00 G6.1-03 G6.1-04 G6.1-05 G6.1-06

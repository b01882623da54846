import type { UnknownMembers } from '#domain/conditional-access/unknown-members.ts';
import type { Circumstances } from '#domain/conditional-access/what-if.ts';
import type { HandlerContext } from '../context.ts';
import { notFound } from '../problems.ts';

export interface Given {
  readonly app?: string | undefined;
  readonly platform: Circumstances['platform'];
  readonly clientApp: Circumstances['client'];
  readonly device: Circumstances['device'];
  readonly place: string;
  readonly signInRisk: Circumstances['signInRisk'];
  readonly userRisk: Circumstances['userRisk'];
  readonly flow: Circumstances['flow'];
  readonly insiderRisk: Circumstances['insiderRisk'];
}

/** Maximum people of each outcome listed by name. */
const NAMED = 50;

/**
 * The question for one kind of sign-in.
 *
 * @param person null for everyone.
 */
export function questionOf(given: Given, person: string | null) {
  return {
    person,
    app: given.app ?? null,
    place: given.place,
    circumstances: {
      platform: given.platform,
      client: given.clientApp,
      device: given.device,
      signInRisk: given.signInRisk,
      userRisk: given.userRisk,
      flow: given.flow,
      insiderRisk: given.insiderRisk,
    },
  };
}

async function ask({ services, client }: HandlerContext, given: Given, person: string | null) {
  const run = await services.verdicts.run(client.id, 'conditionalAccessWhatIf', questionOf(given, person));
  if (!run) throw notFound();
  return run.result;
}

const NOTHING = { app: null, apps: [], places: [], unknownMembers: [] };

const shownUnknown = (groups: readonly UnknownMembers[]) =>
  groups.map((one) => ({ ...one, policies: [...one.policies] }));

export async function whatIf(
  context: HandlerContext,
  { person, ...given }: Given & { readonly person: string },
) {
  const found = await ask(context, given, person);
  if ('howToGet' in found)
    return {
      ...NOTHING,
      why: found.why,
      howToGet: found.howToGet,
      person: null,
      outcome: null,
      policies: [],
    };
  return {
    app: found.app,
    apps: [...found.apps],
    places: [...found.places],
    unknownMembers: shownUnknown(found.unknownMembers),
    why: null,
    howToGet: null,
    person: found.one?.person ?? null,
    outcome: found.one?.outcome ?? null,
    policies: (found.one?.policies ?? []).map((one) => ({
      ...one,
      reasons: [...one.reasons],
      controls: [...one.controls],
      session: [...one.session],
    })),
  };
}

export async function everyone(context: HandlerContext, given: Given) {
  const found = await ask(context, given, null);
  if ('howToGet' in found)
    return {
      ...NOTHING,
      why: found.why,
      howToGet: found.howToGet,
      people: 0,
      seats: 0,
      outcomes: [],
      doubts: [],
      moreDoubts: 0,
    };
  const all = found.all;
  return {
    app: found.app,
    apps: [...found.apps],
    places: [...found.places],
    unknownMembers: shownUnknown(found.unknownMembers),
    why: null,
    howToGet: null,
    people: all?.people ?? 0,
    seats: all?.seats ?? 0,
    outcomes:
      all === null
        ? []
        : (['blocked', 'unknown', 'asked', 'free'] as const).map((is) => ({
            is,
            count: all.outcomes[is],
            who: all.who[is].slice(0, NAMED),
          })),
    doubts: (all?.doubts ?? []).slice(0, NAMED).map((one) => ({ ...one, reasons: [...one.reasons] })),
    moreDoubts: Math.max(0, (all?.doubts.length ?? 0) - NAMED),
  };
}

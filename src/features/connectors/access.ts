import type { z } from 'zod';
import type { ActionAccess, ConnectorAccess } from '#domain/connectors/access/access.ts';
import type { Gate } from '#domain/connectors/access/gate.ts';
import { type Audience, reachText } from '#domain/connectors/access/reach-words.ts';
import { GATE_WORDS, RESULT_WORDS } from '#domain/connectors/access/words.ts';
import { EFFECT_WORDS, PERMISSION_WORDS } from '#domain/connectors/words.ts';
import type { Evidence } from '#domain/model/reading.ts';
import { dayWords } from '#domain/text/words.ts';
import { cached } from '#store/cache.ts';
import type { HandlerContext } from '../context.ts';
import { type ShaOf, shasOf } from '../controls/index.ts';
import { clientHeading, type TableColumn, tableFile } from '../exports/index.ts';
import { forbidden, notFound } from '../problems.ts';
import { asDownload } from '../shared/download.ts';
import { present } from '../shared/moment.ts';
import type { TableFormat } from '../shared/table-format.ts';
import type { accessSchema, reachSchema } from './access-schemas.ts';
import type { AccessReading } from './access-task.ts';

type AccessView = z.input<typeof accessSchema>;
type GateView = NonNullable<AccessView['person']>['seat'];

/** The people who can be chosen, or what Claude reaches for one of them, with the reason at each gate. */
export async function showAccess(
  context: HandlerContext,
  { person, connector }: { readonly person?: string | undefined; readonly connector?: string | undefined },
): Promise<AccessView> {
  const reading = await readAccess(context, person ?? null);
  const shaOf = await context.read((tx) => shasOf(tx, context.client.id));
  const shown = reading.person;
  return {
    today: todayOf(context),
    people:
      reading.people?.map((one) => ({
        ...one,
        reaches: [...one.reaches],
        may: [...one.may],
        unknown: [...one.unknown],
      })) ?? null,
    systems: reading.systems?.map((one) => ({ ...one })) ?? null,
    gap: reading.gap,
    observed: reading.observed,
    person:
      shown === null
        ? null
        : {
            id: shown.id,
            name: shown.name,
            address: shown.address,
            seat: gateView(shown.seat, shaOf),
            connectors: shown.connectors
              .filter(({ id }) => connector === undefined || id === connector)
              .map((one) => ({
                id: one.id,
                name: one.name,
                charter: one.charter,
                organization: gateView(one.organization, shaOf),
                signIn: gateView(one.signIn, shaOf),
                rights: gateView(one.rights, shaOf),
                prerequisite: {
                  ...one.prerequisite,
                  evidence: one.prerequisite.evidence.map((fact) => evidenceView(fact, shaOf)),
                },
                actions: one.actions.map(({ because: _, ...action }) => ({
                  ...action,
                  organization: gateView(action.organization, shaOf),
                })),
                counts: { ...one.counts },
                result: one.result,
                note: one.note,
              })),
          },
  };
}

function gateView({ state, words, howTo, evidence }: Gate, shaOf: ShaOf): GateView {
  return { state, words, howTo, evidence: evidence.map((one) => evidenceView(one, shaOf)) };
}

function evidenceView(one: Evidence, shaOf: ShaOf): GateView['evidence'][number] {
  const { kind, file, row, observedOn, says } = one;
  return { kind, file, row: row ?? null, observedOn, says, sha256: shaOf(one).sha256 };
}

function todayOf({ now, client }: HandlerContext): string {
  return present(now, client.timezone).today;
}

/** Requires the rights for both connectors and people, because it combines the two. */
async function readAccess(context: HandlerContext, person: string | null): Promise<AccessReading> {
  const { services, client } = context;
  if (!context.can('people.read'))
    throw forbidden(
      `Your role for ${client.name} does not include people, and access is shown person by person. For what Claude reaches in the organization, use connectors reach.`,
    );
  const key = `connector access ${person ?? ''} ${todayOf(context)}`;
  const reading = await cached(services.store, [client.id], { key, weight: 3 }, async () => {
    const run = await services.verdicts.run(client.id, 'connectorAccess', { person });
    return run?.result ?? null;
  });
  if (reading === null)
    throw notFound('No person of this client has this ID. List everyone by leaving out the person.');
  return reading;
}

type Line = ActionAccess & { readonly system: ConnectorAccess };

const gateColumns = (key: string, title: string, of: (row: Line) => Gate): readonly TableColumn<Line>[] => [
  { key, title, value: (row) => GATE_WORDS[of(row).state] },
  { key: `${key}Why`, title: `${title}: why`, width: 60, value: (row) => of(row).words },
  {
    key: `${key}Evidence`,
    title: `${title}: evidence`,
    width: 40,
    value: (row) => of(row).evidence.map(evidenceWords).join('; ') || null,
  },
];

const COLUMNS: readonly TableColumn<Line>[] = [
  { key: 'connector', title: 'Connector', value: (row) => row.system.name },
  { key: 'action', title: 'Action', width: 36, value: (row) => row.title },
  { key: 'tool', title: 'Tool', width: 30, value: (row) => row.tool },
  { key: 'effect', title: 'Effect', value: (row) => EFFECT_WORDS[row.effect] },
  { key: 'result', title: 'Claude', value: (row) => RESULT_WORDS[row.result] },
  { key: 'because', title: 'Because', width: 60, value: (row) => row.because },
  ...gateColumns('organization', 'Organization', (row) => row.organization),
  ...gateColumns('signIn', 'Own sign-in', (row) => row.system.signIn),
  ...gateColumns('rights', 'Rights in the system', (row) => row.system.rights),
  {
    key: 'charter',
    title: 'Charter decides on',
    value: (row) => (row.charter === null ? null : PERMISSION_WORDS[row.charter]),
  },
  {
    key: 'reviewed',
    title: 'Rights reviewed on',
    kind: 'day',
    value: (row) => row.system.prerequisite.reviewed,
  },
];

function evidenceWords({ file, row, observedOn, says }: Evidence): string {
  return `${file}${row === undefined ? '' : `, row ${row}`}, ${observedOn}: ${says}`;
}

/** One person's access as a file, with a row per action. A connector without known actions gets one row. */
export async function exportAccess(
  context: HandlerContext,
  { person, format }: { readonly person: string; readonly format: TableFormat },
) {
  const { person: shown, observed } = await readAccess(context, person);
  if (shown === null) throw notFound();
  const rows = shown.connectors.flatMap((system): Line[] =>
    (system.actions.length > 0 ? system.actions : [unlisted(system)]).map((action) => ({
      ...action,
      system,
    })),
  );
  const table =
    observed.on === null ? 'no connectors table counts' : `connectors table of ${dayWords(observed.on)}`;
  const heading = {
    title: `Access of ${shown.name}`,
    ...clientHeading(context),
    filter: `${shown.name}${shown.address === null ? '' : ` (${shown.address})`}, ${table}`,
  };
  return asDownload(await tableFile({ heading, columns: COLUMNS, rows }, format));
}

function unlisted(system: ConnectorAccess): ActionAccess {
  const closed = [system.organization, system.signIn].find(({ state }) => state === 'closed');
  return {
    id: `${system.id}/*`,
    title: 'Whatever it can do; no file lists it',
    tool: null,
    effect: 'unknown',
    kind: 'rest',
    charter: null,
    organization: system.organization,
    result: system.result,
    because: closed?.words ?? `${system.organization.words} ${system.signIn.words}`,
  };
}

/** What Claude can reach in the organization, what it cannot, and what is not known, in plain words. */
export async function showReach(
  context: HandlerContext,
  { audience }: { readonly audience: Audience },
): Promise<z.input<typeof reachSchema>> {
  const { services, client } = context;
  const today = todayOf(context);
  const reach = await cached(
    services.store,
    [client.id],
    { key: `connector reach ${today}`, weight: 3 },
    async () => (await services.verdicts.run(client.id, 'connectorReach', undefined))?.result ?? null,
  );
  if (reach === null) throw notFound();
  const text = reachText(reach, audience, { named: context.can('people.read') });
  return {
    name: client.name,
    today,
    audience,
    seats: reach.seats,
    gates: text.gates.map((one) => ({ ...one })),
    reaches: text.reaches.map((one) => ({ ...one, lines: [...one.lines] })),
    open: text.open.map((one) => ({ ...one, lines: [...one.lines] })),
    cannot: text.cannot.map((one) => ({ ...one, lines: [...one.lines] })),
    unknown: text.unknown.map((one) => ({ ...one, systems: [...one.systems] })),
    around: [...text.around],
    none: text.none,
    asOf: reach.asOf.map((one) => ({ ...one })),
    systems: reach.systems.map((one) => ({
      id: one.id,
      name: one.name,
      dataClasses: one.dataClasses === null ? null : [...one.dataClasses],
      linked: one.links?.linked.length ?? null,
      notLinked: one.links?.not ?? null,
      linkUnknown: one.links?.unknown ?? null,
      reaches: { allow: [...one.reaches.allow], ask: [...one.reaches.ask] },
      cannot: [...one.cannot],
      unknown: [...one.waits.allow, ...one.waits.ask, ...one.unknown],
    })),
  };
}
// Guide: G3.1-00 G3.1-01 G3.1-02 G3.1-03 G3.1-04

import type { z } from 'zod';
import { address } from '#domain/people/names.ts';
import { inForce, versionLabel } from '#domain/policy/versions.ts';
import { remindersIn } from '#store/policy/pages.ts';
import { acknowledgementsIn, policyVersions } from '#store/policy/versions.ts';
import type { HandlerContext } from '../context.ts';
import { clientHeading, type TableColumn, tableFile } from '../exports/index.ts';
import { asDownload } from '../shared/download.ts';
import type { TableFormat } from '../shared/table-format.ts';
import { numbered, peopleNow, todayHere } from './read.ts';
import type { coverageList, coverageSummary } from './schemas.ts';

export type Coverage = Omit<z.infer<typeof coverageList>, 'nextCursor'>;
type Line = Coverage['items'][number];

/** Who has Claude by the current members file, and who of them acknowledged the policy in force. */
export async function coverageNow(context: HandlerContext): Promise<Coverage> {
  const { client } = context;
  const { people, why, membersOn, target } = await peopleNow(context);
  const share = target === null || target === 0 ? 1 : target;
  const nobody = { items: [], total: 0, of: null, done: null, needed: null, enough: null, target: share };
  const { current, register } = await context.read(async (tx) => ({
    current: inForce((await policyVersions(tx, client.id)).map(numbered), todayHere(context)),
    register: await acknowledgementsIn(tx, client.id),
  }));
  if (current === null)
    return {
      ...nobody,
      state: 'no_policy',
      why: 'No version of the policy is in force.',
      number: null,
      membersOn,
    };
  const { number } = current;
  if (people === null || people.length === 0)
    return {
      ...nobody,
      state: 'cannot_read',
      why: why ?? 'The members file lists nobody who can sign in.',
      number,
      membersOn,
    };
  const given = new Map(
    register.filter((one) => one.number === number).map((one) => [one.address, one] as const),
  );
  const asked = new Map(
    (await context.read((tx) => remindersIn(tx, client.id, number))).map(
      (one) => [one.address, one] as const,
    ),
  );
  const items = people.map(({ key, name, addresses }): Line => {
    const own = [key, ...addresses].map(address);
    const row = own.map((one) => given.get(one)).find((one) => one !== undefined);
    const mail = own.map((one) => asked.get(one)).find((one) => one !== undefined);
    return {
      address: key,
      name,
      state: row === undefined ? 'missing' : 'acknowledged',
      label: row === undefined ? null : versionLabel(row),
      at: row?.at.toISOString() ?? null,
      asked:
        mail === undefined
          ? null
          : { times: mail.times, lastAt: mail.last_at.toISOString(), failure: mail.failure },
    };
  });
  items.sort(
    (a, b) =>
      Number(a.state === 'acknowledged') - Number(b.state === 'acknowledged') || a.name.localeCompare(b.name),
  );
  const done = items.filter(({ state }) => state === 'acknowledged').length;
  const needed = Math.ceil(share * items.length - 1e-9);
  return {
    state: 'ready',
    why: null,
    number,
    of: items.length,
    done,
    needed,
    target: share,
    enough: done >= needed,
    membersOn,
    items,
    total: items.length,
  };
}

export function summaryOf({ items: _, total: __, ...head }: Coverage): z.input<typeof coverageSummary> {
  return head;
}

const COLUMNS: readonly TableColumn<Line>[] = [
  { key: 'name', title: 'Name', width: 30, value: ({ name }) => name },
  { key: 'address', title: 'Address in Claude', width: 36, value: (row) => row.address },
  {
    key: 'state',
    title: 'State',
    width: 20,
    value: ({ state }) => (state === 'acknowledged' ? 'Acknowledged' : 'Missing'),
  },
  { key: 'version', title: 'Version read', value: ({ label }) => label },
  {
    key: 'at',
    title: 'Acknowledged at',
    kind: 'instant',
    value: ({ at }) => (at === null ? null : new Date(at)),
  },
  { key: 'asked', title: 'Mails sent', value: ({ asked }) => asked?.times ?? 0 },
  {
    key: 'lastAsked',
    title: 'Last mail',
    kind: 'instant',
    value: ({ asked }) => (asked === null ? null : new Date(asked.lastAt)),
  },
];

export async function exportCoverage(context: HandlerContext, { format }: { readonly format: TableFormat }) {
  const { items, number } = await coverageNow(context);
  return asDownload(
    await tableFile(
      {
        heading: {
          title: number === null ? 'Acknowledgement of the policy' : `Acknowledgement of policy ${number}`,
          ...clientHeading(context),
          filter: null,
        },
        columns: COLUMNS,
        rows: items,
      },
      format,
    ),
  );
}
// Guide: G8-17 GA-14 G4.1-04

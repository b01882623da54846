import type { z } from 'zod';
import { POLICY_MAIL_WORDS } from '#domain/labels.ts';
import { versionLabel } from '#domain/policy/versions.ts';
import { deliveriesIn } from '#store/policy/deliveries.ts';
import type { HandlerContext } from '../context.ts';
import { clientHeading, type TableColumn, tableFile } from '../exports/index.ts';
import { asDownload } from '../shared/download.ts';
import type { TableFormat } from '../shared/table-format.ts';
import type { deliveryList } from './coverage-schemas.ts';
import { outcomeOf } from './mails.ts';

type Line = z.infer<typeof deliveryList>['items'][number];

/** Every email that asked for an acknowledgement, newest first: recipient, version and outcome. */
export async function listDeliveries(context: HandlerContext) {
  const rows = await context.read((tx) => deliveriesIn(tx, context.client.id));
  const items = rows.reverse().map(
    (row): Line => ({
      id: row.id,
      name: row.name,
      address: row.address,
      label: versionLabel(row),
      at: row.begun_at.toISOString(),
      why: row.why === 'schedule' ? 'schedule' : 'request',
      by: row.by_name,
      state: outcomeOf(row, context.now),
      failure: row.failure,
    }),
  );
  return { items, total: items.length };
}

const COLUMNS: readonly TableColumn<Line>[] = [
  { key: 'name', title: 'Name', width: 30, value: ({ name }) => name },
  { key: 'address', title: 'Email address', width: 36, value: ({ address }) => address },
  { key: 'version', title: 'Policy version', value: ({ label }) => label },
  { key: 'at', title: 'Sent at', kind: 'instant', value: ({ at }) => new Date(at) },
  { key: 'by', title: 'Sent by', width: 30, value: ({ by }) => by },
  { key: 'state', title: 'Outcome', width: 30, value: ({ state }) => POLICY_MAIL_WORDS[state] },
  { key: 'failure', title: 'Why it was not sent', width: 50, value: ({ failure }) => failure },
];

export async function exportDeliveries(
  context: HandlerContext,
  { format }: { readonly format: TableFormat },
) {
  const { items } = await listDeliveries(context);
  return asDownload(
    await tableFile(
      {
        heading: {
          title: 'Emails asking staff to acknowledge the policy',
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
// Guide: G8-17 G4.2-04

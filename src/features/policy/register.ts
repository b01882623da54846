import type { z } from 'zod';
import { LANGUAGES } from '#domain/policy/languages.ts';
import { versionLabel } from '#domain/policy/versions.ts';
import { acknowledgementsIn, eraseAcknowledgement } from '#store/policy/versions.ts';
import { releaseAddress } from '#store/staff/sign-in.ts';
import type { HandlerContext } from '../context.ts';
import { clientHeading, type TableColumn, tableFile } from '../exports/index.ts';
import { peopleOf } from '../people/index.ts';
import { notFound } from '../problems.ts';
import { refuseHeld } from '../retention/index.ts';
import { asDownload } from '../shared/download.ts';
import type { TableFormat } from '../shared/table-format.ts';
import type { registerList } from './schemas.ts';
import { staffProof } from './staff-actor.ts';

type Line = z.infer<typeof registerList>['items'][number];

/** All acknowledgements given here, newest first. */
export async function listRegister(context: HandlerContext) {
  const rows = await context.read((tx) => acknowledgementsIn(tx, context.client.id));
  const items = rows.reverse().map(
    (row): Line => ({
      id: row.id,
      name: row.name,
      address: row.address,
      erasedAt: row.erased_at?.toISOString() ?? null,
      label: versionLabel(row),
      language: LANGUAGES.find((one) => one === row.language) ?? null,
      sha256: row.sha256,
      at: row.at.toISOString(),
      method: staffProof(row.method),
      account: row.provider,
    }),
  );
  return { items, total: items.length };
}

/** Erases the name and address of one entry. The entry stays for the count; a person with a seat is asked again. */
export async function eraseEntry(
  context: HandlerContext,
  { acknowledgement: id, reason }: { readonly acknowledgement: string; readonly reason: string },
): Promise<{ erased: boolean }> {
  const { client, now, services } = context;
  const people = await peopleOf(context, client, { masked: false });
  await context.change(async (tx, recorder) => {
    const before = (await acknowledgementsIn(tx, client.id)).find((one) => one.id === id);
    await refuseHeld(tx, context, people, before?.address ?? null);
    const row = await eraseAcknowledgement(tx, client.id, id, now);
    if (row === undefined) throw notFound();
    if (before?.address != null) await releaseAddress(tx, client.id, before.address);
    await recorder.record({
      subject: { kind: 'acknowledgement', id },
      reason,
      before: { erased: false },
      after: { erased: true, version: versionLabel(row) },
    });
    await recorder.facts();
  });
  services.events.publish({ client: client.id, topic: 'policy', id: null });
  return { erased: true };
}

const LANGUAGE_NAMES: Readonly<Record<NonNullable<Line['language']>, string>> = {
  en: 'English',
  es: 'Spanish',
};

const METHOD_WORDS: Readonly<Record<Line['method'], string>> = {
  mail_link: 'Link mailed to this address, opened and signed with the name',
  sign_in: 'Signed in at Microsoft Entra, and signed with the name',
};

const COLUMNS: readonly TableColumn<Line>[] = [
  { key: 'name', title: 'Name as signed', width: 30, value: ({ name }) => name ?? 'Erased' },
  { key: 'address', title: 'Email address', width: 36, value: ({ address }) => address ?? 'Erased' },
  { key: 'version', title: 'Policy version', value: ({ label }) => label },
  { key: 'at', title: 'Acknowledged at', kind: 'instant', value: ({ at }) => new Date(at) },
  { key: 'method', title: 'How', width: 50, value: ({ method }) => METHOD_WORDS[method] },
  { key: 'account', title: 'Entra tenant and account', width: 50, value: ({ account }) => account },
  {
    key: 'language',
    title: 'Language of the text',
    width: 20,
    value: ({ language }) => (language === null ? 'Not recorded' : LANGUAGE_NAMES[language]),
  },
  { key: 'sha256', title: 'SHA-256 of the text', width: 66, value: ({ sha256 }) => sha256 },
  {
    key: 'erased',
    title: 'Name and address erased at',
    kind: 'instant',
    value: ({ erasedAt }) => (erasedAt === null ? null : new Date(erasedAt)),
  },
  { key: 'id', title: 'Entry', width: 38, value: ({ id }) => id },
];

export async function exportRegister(context: HandlerContext, { format }: { readonly format: TableFormat }) {
  const { items } = await listRegister(context);
  return asDownload(
    await tableFile(
      {
        heading: {
          title: 'Register of acknowledgments of the policy',
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
// Guide: G8-17

import type { ClientPermission } from '#domain/access/permissions.ts';
import type { Catalogue } from '#domain/model/catalogue.ts';
import { ALL_KINDS, KINDS } from '#domain/model/kinds.ts';
import { ownValue } from '#domain/model/own-value.ts';
import { count, sentence } from '#domain/text/words.ts';
import {
  allEvidence,
  type EvidenceRow,
  type EvidenceUse,
  evidenceUses,
  findEvidence,
} from '#store/evidence/evidence.ts';
import type { Tx } from '#store/open.ts';
import { removedOf } from '#store/retention/removed.ts';
import type { HandlerContext } from '../context.ts';
import { clientHeading, tableFile } from '../exports/index.ts';
import { notFound, unprocessable } from '../problems.ts';
import { asDownload } from '../shared/download.ts';
import { removedWords } from '../shared/removed-words.ts';
import type { TableFormat } from '../shared/table-format.ts';

function shown(row: EvidenceRow, uses: readonly EvidenceUse[], titles: Titles) {
  const [first] = uses;
  return {
    sha256: row.sha256,
    name: row.name,
    mediaType: row.mediaType,
    bytes: row.bytes,
    is: first === undefined ? null : whatIs(first, uses, titles),
    how: row.how,
    by: row.addedByName,
    at: row.addedAt.toISOString(),
    uses: uses.length,
  };
}

/** The permission that files of a kind require in addition. */
const SHOWS: Readonly<Record<string, ClientPermission>> = {
  incident: 'incidents.read',
  incident_report: 'incidents.read',
  report: 'reports.read',
  usage: 'activity.read',
};

type Viewer = Pick<HandlerContext, 'can'>;

const shownUses = ({ can }: Viewer, uses: readonly EvidenceUse[]) =>
  can('incidents.read') ? uses : uses.filter(({ what }) => what !== 'incident');

/**
 * Whether the person may see a file: they need the permission for its kind and, if the file is used anywhere, for at
 * least one of its uses.
 */
function maySee(viewer: Viewer, { how }: EvidenceRow, uses: readonly EvidenceUse[]): boolean {
  const permission = ownValue(SHOWS, how);
  if (permission !== undefined && !viewer.can(permission)) return false;
  return uses.length === 0 || shownUses(viewer, uses).length > 0;
}

/** All files of a client's evidence that the person may see, with the number of uses of each. */
export async function listEvidence(context: HandlerContext) {
  const { client, read, services } = context;
  const found = await read(async (tx) => ({
    rows: await allEvidence(tx, client.id),
    uses: await evidenceUses(tx, client.id, null),
  }));
  const all = Map.groupBy(found.uses, ({ sha256 }) => sha256);
  const rows = found.rows.filter((row) => maySee(context, row, all.get(row.sha256) ?? []));
  const usesOf = new Map([...all].map(([sha256, uses]) => [sha256, shownUses(context, uses)]));
  const titles = titlesOf(services.catalogue);
  return {
    items: rows.map((row) => shown(row, usesOf.get(row.sha256) ?? [], titles)),
    total: rows.length,
  };
}

/** One file with everything that rests on it. */
export async function showEvidence(context: HandlerContext, sha256: string) {
  const { read, services } = context;
  const { row, uses } = await read((tx) => readEvidence(tx, context, sha256));
  const titles = titlesOf(services.catalogue);
  return {
    ...shown(row, uses, titles),
    usedBy: uses.map(({ sha256: _, ...use }) => ({ ...use, ofName: nameOf(use, titles) })),
  };
}

/** One file of a client. Throws NOT_FOUND, or UNPROCESSABLE with the time of removal if retention removed it. */
export async function readEvidence(
  tx: Tx,
  context: Pick<HandlerContext, 'client' | 'can'>,
  sha256: string,
): Promise<{ readonly row: EvidenceRow; readonly uses: readonly EvidenceUse[] }> {
  const { client } = context;
  const row = await findEvidence(tx, client.id, sha256);
  if (row !== null) {
    const uses = await evidenceUses(tx, client.id, sha256);
    if (!maySee(context, row, uses)) throw notFound();
    return { row, uses: shownUses(context, uses) };
  }
  const [removed] = await removedOf(tx, client.id, 'file', sha256);
  if (removed === undefined) throw notFound();
  throw unprocessable(removedWords(`The file “${removed.name}”`, removed));
}

type Titles = ReadonlyMap<string, string>;

function titlesOf({ controls, cadence }: Catalogue): Titles {
  return new Map([...controls, ...cadence.tasks].map(({ id, title }) => [id, title]));
}

/** Describes a file by what rests on it. */
function whatIs(first: EvidenceUse, uses: readonly EvidenceUse[], titles: Titles): string {
  if (first.what === 'incident') return `Evidence of ${first.of}`;
  const controls = new Set(uses.flatMap(({ what, of }) => (what === 'attestation' ? [of] : [])));
  return first.what === 'attestation' && controls.size > 1
    ? `Statements on ${count(controls.size, 'control')}`
    : nameOf(first, titles);
}

function nameOf({ what, of }: Pick<EvidenceUse, 'what' | 'of'>, titles: Titles): string {
  if (what === 'incident') return of;
  if (what === 'attestation' || what === 'record') return titles.get(of) ?? of;
  const kind = ALL_KINDS.find((one) => one === of);
  return sentence(kind === undefined ? of : KINDS[kind].label);
}

export async function exportEvidence(context: HandlerContext, format: TableFormat) {
  const { items } = await listEvidence(context);
  return asDownload(
    await tableFile(
      {
        heading: {
          title: 'Evidence',
          ...clientHeading(context),
          filter: null,
        },
        columns: [
          { key: 'name', title: 'File', value: ({ name }) => name },
          { key: 'is', title: 'What it is', value: ({ is }) => is },
          { key: 'how', title: 'How it was added', value: ({ how }) => how },
          { key: 'by', title: 'Added by', value: ({ by }) => by },
          { key: 'at', title: 'Added', kind: 'instant', value: ({ at }) => new Date(at) },
          { key: 'bytes', title: 'Bytes', kind: 'number', value: ({ bytes }) => bytes },
          { key: 'uses', title: 'Used by', kind: 'number', value: ({ uses }) => uses },
          { key: 'sha256', title: 'SHA-256', value: ({ sha256 }) => sha256 },
        ],
        rows: items,
      },
      format,
    ),
  );
}

import { addressOf, client, fetchFile, routes } from '../../api.ts';
import type { ExportFormat } from '../../ui/export-menu.tsx';

type Filters = Omit<Parameters<typeof client.audit.workspace.list>[0], 'cursor' | 'limit'>;
export type Page = Awaited<ReturnType<typeof client.audit.list>>;
export type AuditRecord = Page['items'][number];
export type FullRecord = Awaited<ReturnType<typeof client.audit.record>>;
export type Facets = Awaited<ReturnType<typeof client.audit.facets>>;
export type ChainCheck = Awaited<ReturnType<typeof client.audit.check>>;
export type { Filters };

/** Records per page. */
export const PAGE = 50;

/** Options of an archive: which days, and whether it includes evidence files. */
interface Archive {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly evidence: 'with' | 'without';
  /** Whether it includes the verdicts; only for a client. */
  readonly assessment?: 'with' | undefined;
}

/** The audit log chain of a client or of the workspace, as the page reads it. */
export interface Chain {
  /** Client's short name, or null for the workspace. Part of every query key. */
  readonly slug: string | null;
  readonly list: (filters: Filters, cursor: string | undefined) => Promise<Page>;
  readonly record: (seq: number) => Promise<FullRecord>;
  readonly facets: () => Promise<Facets>;
  readonly check: () => Promise<ChainCheck>;
  readonly table: (filters: Filters, format: ExportFormat) => Promise<void>;
  /** URL of its archive. */
  readonly archive: (wanted: Archive) => string;
}

export function chainOf(slug: string | null): Chain {
  if (slug === null) {
    const of = client.audit.workspace;
    return {
      slug,
      list: (filters, cursor) =>
        of.list({ ...filters, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) }),
      record: (seq) => of.record({ seq }),
      facets: () => of.facets({}),
      check: () => of.check({}),
      table: (filters, format) => fetchFile(routes.audit.workspace.table, { ...filters, format }),
      archive: (wanted) => addressOf(routes.audit.workspace.export, wanted),
    };
  }
  const of = client.audit;
  return {
    slug,
    list: (filters, cursor) =>
      of.list({ client: slug, ...filters, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) }),
    record: (seq) => of.record({ client: slug, seq }),
    facets: () => of.facets({ client: slug }),
    check: () => of.check({ client: slug }),
    table: (filters, format) => fetchFile(routes.audit.table, { client: slug, ...filters, format }),
    archive: (wanted) => addressOf(routes.audit.export, { client: slug, ...wanted }),
  };
}

import { client } from '../../api.ts';

type Filters = Omit<Parameters<typeof client.audit.workspace.list>[0], 'cursor' | 'limit'>;
export type Page = Awaited<ReturnType<typeof client.audit.list>>;
export type AuditRecord = Page['items'][number];
export type FullRecord = Awaited<ReturnType<typeof client.audit.record>>;
export type Facets = Awaited<ReturnType<typeof client.audit.facets>>;
export type ChainCheck = Awaited<ReturnType<typeof client.audit.check>>;
export type { Filters };

/** Records that are fetched at a time. */
export const PAGE = 50;

/** One chain as its page reads it: a client's, or the workspace's. */
export interface Chain {
  /** Client's short name, or null. Part of every query's key. */
  readonly slug: string | null;
  /** Address of its exports, below `/api/v1`. */
  readonly path: string;
  readonly list: (filters: Filters, cursor: string | undefined) => Promise<Page>;
  readonly record: (seq: number) => Promise<FullRecord>;
  readonly facets: () => Promise<Facets>;
  readonly check: () => Promise<ChainCheck>;
}

export function chainOf(slug: string | null): Chain {
  if (slug === null) {
    const of = client.audit.workspace;
    return {
      slug,
      path: '/workspace/audit',
      list: (filters, cursor) =>
        of.list({ ...filters, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) }),
      record: (seq) => of.record({ seq }),
      facets: () => of.facets({}),
      check: () => of.check({}),
    };
  }
  const of = client.audit;
  return {
    slug,
    path: `/clients/${encodeURIComponent(slug)}/audit`,
    list: (filters, cursor) =>
      of.list({ client: slug, ...filters, limit: PAGE, ...(cursor === undefined ? {} : { cursor }) }),
    record: (seq) => of.record({ client: slug, seq }),
    facets: () => of.facets({ client: slug }),
    check: () => of.check({ client: slug }),
  };
}

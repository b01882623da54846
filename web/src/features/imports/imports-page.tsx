import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { count } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { PlainTable } from '../../ui/plain-table.tsx';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { together } from '../../ui/templates/load.ts';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { When } from '../../ui/when.tsx';
import { NextStep } from '../home/next-step.tsx';
import { ImportDrop } from './import-drop.tsx';
import classes from './imports.module.css';
import { useMayStore } from './may-store.ts';
import { SourceList } from './source-list.tsx';
import { StoredFiles } from './stored-files.tsx';
import { UploadLinksCard } from './upload-links-card.tsx';
import { type FoundFile, sendAll } from './uploads.ts';
import { type ImportSource, type ListedImport, STATE_WORDS, sizeWords } from './words.ts';

/** Upload of files, and what each kind of file unlocks. */
export function ImportsPage() {
  const { slug } = useClientHere();
  const mayWrite = useMay('imports.write');
  const navigate = useNavigate();
  const mayStore = useMayStore();
  /** Who may store only some kinds is shown these; who only reads is shown all. */
  const mine = (items: readonly ImportSource[]) =>
    mayWrite ? items.filter(({ kind }) => mayStore(kind)) : items;
  const sources = useQuery(api.imports.sources.queryOptions({ input: { client: slug } }));
  const list = useQuery(api.imports.list.queryOptions({ input: { client: slug } }));
  const start = useMutation(api.imports.start.mutationOptions());
  const take = async (files: readonly FoundFile[]) => {
    const { id } = await start.mutateAsync({ client: slug });
    sendAll(slug, id, files);
    await navigate({ to: '/c/$client/imports/$import', params: { client: slug, import: id } });
  };
  return (
    <OverviewPage
      title="Imports"
      permission="imports.read"
      load={together({ sources, list })}
      meta={({ sources }) => meta(mine(sources.items))}
      main={({ list }) => (
        <>
          {start.error === null ? null : (
            <Notice mark="cannot_read">
              The import could not be started. {explainError(start.error).text}
            </Notice>
          )}
          {mayWrite ? <ImportDrop onFiles={(files) => void take(files).catch(() => undefined)} /> : null}
          <NextStep slug={slug} />
          <StoredFiles />
          <History items={list.items} total={list.total} slug={slug} />
        </>
      )}
      side={({ sources }) => (
        <>
          <UploadLinksCard sources={sources.items} />
          <SourceList items={mine(sources.items)} />
        </>
      )}
    />
  );
}

function meta(items: readonly ImportSource[]): string {
  const of = (state: ImportSource['state']) => items.filter((one) => one.state === state).length;
  return `${of('fresh')} of ${count(items.length, 'kind')} of file current, ${of('stale')} out of date, ${of('missing')} missing`;
}

function History({ items, total, slug }: { items: readonly ListedImport[]; total: number; slug: string }) {
  if (items.length === 0)
    return (
      <EmptyState title="No imports yet.">
        Nothing has been imported yet. An import brings in the files you export from the admin consoles and
        HR: members, licenses, the staff roster. Start with the members file and the roster; the list on this
        page says where to export each one.
      </EmptyState>
    );
  return (
    <Card
      title="History"
      aside={total > items.length ? `The last ${items.length} of ${total}` : count(total, 'import')}
      flush
    >
      <PlainTable
        label="History of imports"
        rows={items}
        rowId={(one) => one.id}
        columns={[
          {
            head: 'Files',
            className: classes.files,
            cell: (one) => (
              <>
                <Link
                  to="/c/$client/imports/$import"
                  params={{ client: slug, import: one.id }}
                  className="wraps"
                >
                  {namesOf(one)}
                </Link>
                <span className="second">{sizeWords(one.bytes)}</span>
              </>
            ),
          },
          {
            head: 'State',
            cell: (one) => (
              <>
                {STATE_WORDS[one.state]}
                {one.problem === null ? null : <span className="second">{one.problem}</span>}
              </>
            ),
          },
          { head: 'By', cell: (one) => one.finishedBy ?? one.by ?? 'Someone' },
          { head: 'When', cell: (one) => <When at={one.finishedAt ?? one.at} /> },
        ]}
      />
    </Card>
  );
}

function namesOf({ files, fileCount }: ListedImport): string {
  const [first] = files;
  if (first === undefined) return 'No file yet';
  return fileCount === 1 ? first : `${first} and ${fileCount - 1} more`;
}

import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { count, sentence } from '../../../../src/domain/text/words.ts';
import { api, client as calls, queries, retries } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Stack } from '../../ui/layout.tsx';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { FormPage } from '../../ui/templates/form-page.tsx';
import { toast } from '../../ui/toast.tsx';
import { When } from '../../ui/when.tsx';
import { NextStep } from '../home/next-step.tsx';
import { Changes } from './changes.tsx';
import { ColumnsCard } from './columns-card.tsx';
import { FilesCard } from './files-card.tsx';
import { ImportDrop } from './import-drop.tsx';
import classes from './imports.module.css';
import { Rivals } from './rivals.tsx';
import { importRoute } from './routes.tsx';
import { clearDone, sendAll, useUploads } from './uploads.ts';
import { UploadsCard } from './uploads-card.tsx';
import { VerdictChanges } from './verdict-changes.tsx';
import { type Preview, type ShownImport, sizeWords } from './words.ts';

const STEPS = ['Files', 'Columns', 'Preview', 'Stored'];
/** Polling interval while files are read, in addition to the server's live updates. */
const ASK_MS = 1500;

/** The import's files must be read again first. */
class NoPreview extends Error {}

/**
 * Throws {@link NoPreview} if the import was changed and not read again: after someone corrects what a file is, the
 * page fetches both the import and its preview, and the server has no preview yet.
 */
async function untilPreviewed(input: { readonly client: string; readonly import: string }): Promise<void> {
  const { state } = await queries.fetchQuery({
    ...api.imports.get.queryOptions({ input }),
    // Fetched once with the page, then only after a known change.
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (state !== 'preview' && state !== 'stored') throw new NoPreview();
}

/** One import: files, columns, the changes it makes, and the stored result. */
export function ImportPage() {
  const { slug } = useClientHere();
  const { import: id } = importRoute.useParams();
  const mayWrite = useMay('imports.write');
  const [withProfile, setWithProfile] = useState(false);
  const input = { client: slug, import: id };
  const load = useQuery({
    ...api.imports.get.queryOptions({ input }),
    refetchInterval: ({ state }) => (state.data?.state === 'reading' ? ASK_MS : false),
  });
  const state = load.data?.state;
  const ready = state === 'preview' || (state === 'stored' && load.data !== undefined);
  const asked = { ...input, ...(withProfile && state === 'preview' ? { profile: 'true' as const } : {}) };
  const preview = useQuery({
    ...api.imports.preview.queryOptions({ input: asked }),
    queryFn: async ({ signal }) => {
      await untilPreviewed(input);
      return calls.imports.preview(asked, { signal });
    },
    enabled: ready,
    placeholderData: (before) => before,
    retry: (times, error) => !(error instanceof NoPreview) && retries(times, error),
  });
  const uploads = useUploads(id);
  const refresh = () => queries.invalidateQueries({ queryKey: api.imports.key() });
  const read = useMutation(api.imports.read.mutationOptions({ onSettled: refresh }));
  const cancel = useMutation(api.imports.cancel.mutationOptions({ onSettled: refresh }));
  const store = useMutation(
    api.imports.store.mutationOptions({
      onSuccess: (done) => toast({ kind: 'done', text: done.says }),
      onSettled: () => queries.invalidateQueries(),
    }),
  );
  // Once all files have arrived they are read automatically, and the preview comes next.
  const sending = uploads.some(({ state: one }) => one === 'waiting' || one === 'sending');
  const arrived = uploads.length > 0 && uploads.every(({ state: one }) => one === 'done');
  const begin = read.mutate;
  useEffect(() => {
    if (!arrived || state !== 'collecting') return;
    clearDone(id);
    begin({ client: slug, import: id });
  }, [arrived, state, begin, slug, id]);

  const dropMore = (data: ShownImport) =>
    mayWrite && isOpen(data) && data.state !== 'reading' ? (
      <ImportDrop small onFiles={(files) => sendAll(slug, id, files)} />
    ) : null;

  return (
    <FormPage
      title={(data: ShownImport) => titleOf(data, preview.data)}
      permission="imports.read"
      load={load}
      meta={(data) => metaOf(data)}
      steps={{ names: STEPS, current: stepOf(state) }}
      actions={(data) =>
        !mayWrite || !isOpen(data) ? null : (
          <>
            <Button onClick={() => cancel.mutate(input)} loading={cancel.isPending}>
              Cancel
            </Button>
            {data.state === 'preview' && preview.data !== undefined ? (
              <Button
                variant="filled"
                loading={store.isPending || preview.isPlaceholderData}
                onClick={() =>
                  store.mutate({
                    ...input,
                    facts: preview.data.facts,
                    ...(withProfile ? { profile: true } : {}),
                  })
                }
              >
                {preview.data.changesAnything || withProfile
                  ? preview.data.action
                  : 'Nothing to store: finish'}
              </Button>
            ) : null}
            {(data.state === 'collecting' || data.state === 'failed') && data.files.length > 0 && !sending ? (
              <Button variant="filled" loading={read.isPending} onClick={() => read.mutate(input)}>
                Read {count(data.files.length, 'file')}
              </Button>
            ) : null}
          </>
        )
      }
      {...(ready && preview.data !== undefined
        ? {
            preview: () => (
              <Changes
                preview={preview.data}
                stored={state === 'stored'}
                withProfile={withProfile}
                onWithProfile={setWithProfile}
              />
            ),
            below: (data: ShownImport) => (
              <>
                <FilesCard
                  data={data}
                  preview={preview.data}
                  mayWrite={mayWrite && data.state === 'preview'}
                  onSaid={() => read.mutate(input)}
                />
                <ColumnsCard
                  data={data}
                  preview={preview.data}
                  mayWrite={mayWrite && data.state === 'preview'}
                  onSaid={() => read.mutate(input)}
                />
                {dropMore(data)}
              </>
            ),
          }
        : {})}
    >
      {(data) => (
        <Stack gap="lg">
          <Problems
            data={data}
            failures={[
              read.error,
              cancel.error,
              store.error,
              state === 'preview' && !(preview.error instanceof NoPreview) ? preview.error : null,
            ]}
          />
          {uploads.length > 0 ? <UploadsCard id={id} uploads={uploads} /> : null}
          {data.state === 'reading' ? <Reading data={data} /> : null}
          {ready && preview.data !== undefined ? (
            <>
              {mayWrite && data.state === 'preview' ? (
                <Rivals data={data} preview={preview.data} onSaid={() => read.mutate(input)} />
              ) : null}
              {state === 'stored' ? <NextStep slug={slug} lead="first" /> : null}
              <VerdictChanges preview={preview.data} stored={state === 'stored'} />
            </>
          ) : (
            <>
              {data.state === 'collecting' || data.state === 'failed' ? <Collected data={data} /> : null}
              {preview.isFetching ? (
                <p className="muted" role="status">
                  Evaluating what would change…
                </p>
              ) : null}
              {dropMore(data)}
            </>
          )}
        </Stack>
      )}
    </FormPage>
  );
}

function isOpen({ state }: ShownImport): boolean {
  return state !== 'stored' && state !== 'canceled';
}

function stepOf(state: ShownImport['state'] | undefined): number {
  switch (state) {
    case 'preview':
      return 2;
    case 'stored':
      return 4;
    case 'reading':
      return 1;
    case undefined:
    case 'collecting':
    case 'canceled':
    case 'failed':
      return 0;
  }
}

function titleOf({ files }: ShownImport, preview: Preview | undefined): string {
  const kinds = new Set((preview?.files ?? []).flatMap(({ kindName }) => kindName ?? []));
  const [only] = kinds;
  if (files.length === 1 && kinds.size === 1 && only !== undefined) return sentence(only);
  return files.length === 0 ? 'New import' : count(files.length, 'file');
}

function metaOf({ files, by, at, state, finishedBy, finishedAt }: ShownImport) {
  const [only] = files;
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const what = files.length === 1 && only !== undefined ? `${only.name} · ` : '';
  return (
    <span className="wraps">
      {what}
      {sizeWords(bytes)} · {state === 'stored' ? 'stored' : 'started'} by{' '}
      {(state === 'stored' ? finishedBy : by) ?? 'someone'}{' '}
      <When at={(state === 'stored' ? finishedAt : null) ?? at} inline />
    </span>
  );
}

function Problems({ data, failures }: { data: ShownImport; failures: readonly (Error | null)[] }) {
  const failed = failures.find((one) => one !== null) ?? null;
  const { slug } = useClientHere();
  return (
    <>
      {failed === null ? null : (
        <div role="alert">
          <Notice mark="cannot_read">{explainError(failed).text}</Notice>
        </div>
      )}
      {data.state === 'failed' && data.problem !== null ? (
        <Notice mark="cannot_read">{data.problem}</Notice>
      ) : null}
      {data.state === 'canceled' ? (
        <EmptyState
          title="This import is over."
          action={
            <Link to="/c/$client/imports" params={{ client: slug }}>
              All imports
            </Link>
          }
        >
          {data.problem ?? `${data.finishedBy ?? 'Someone'} canceled it. Nothing was stored.`}
        </EmptyState>
      ) : null}
    </>
  );
}

function Reading({ data }: { data: ShownImport }) {
  const done = data.files.filter(({ read }) => read).length;
  const next = data.files.find(({ read }) => !read);
  const words =
    next === undefined
      ? 'All files have been read. Calculating what they change…'
      : `Reading ${done + 1} of ${data.files.length}: ${next.name}`;
  return (
    <Notice>
      <p role="status" className="wraps">
        {words}
      </p>
      <progress className={classes.bar} max={data.files.length + 1} value={done} aria-label="Files read" />
    </Notice>
  );
}

function Collected({ data }: { data: ShownImport }) {
  if (data.files.length === 0)
    return (
      <EmptyState title="No files in this import yet.">
        Drop the files you exported from the consoles, or a folder of them. You will see what they change
        before anything is stored.
      </EmptyState>
    );
  return (
    <Stack as="ul" gap="xs" aria-label="Files of this import">
      {data.files.map((file) => (
        <li key={file.id} className="wraps">
          {file.name} <span className="muted">{sizeWords(file.bytes)}</span>
        </li>
      ))}
    </Stack>
  );
}

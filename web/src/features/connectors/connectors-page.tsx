import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api, fetchFile, routes } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { type Load, together } from '../../ui/templates/load.ts';
import { Page } from '../../ui/templates/page.tsx';
import { When } from '../../ui/when.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { ConnectorTabs } from './connector-tabs.tsx';
import classes from './matrix.module.css';
import { MatrixEditor } from './matrix-editor.tsx';
import { connectorsRoute } from './routes.tsx';
import type { Matrix } from './words.ts';

/** What Claude may do in each system: the charter, the guide and what was observed, action by action. */
export function ConnectorsPage() {
  const { slug } = useClientHere();
  const search = connectorsRoute.useSearch();
  const { set } = useListSearch(search);
  const { edit, draft, ...filter } = search;
  const load = useQuery({
    ...api.connectors.matrix.queryOptions({
      input: { client: slug, ...(draft === undefined ? {} : { draft }) },
    }),
    placeholderData: keepPreviousData,
  });
  const { data } = load;
  // Decisions on departures apply to the charter in force; a draft is compared without them.
  const drifting = useQuery({
    ...api.drift.list.queryOptions({ input: { client: slug } }),
    enabled: draft === undefined,
    placeholderData: keepPreviousData,
  });
  const drift = draft === undefined ? drifting.data : undefined;
  const open = drift?.counts.state.undecided ?? 0;
  const whole: Load<unknown> = draft === undefined ? together({ matrix: load, drift: drifting }) : load;
  const editing = edit === 'yes' && data?.may.edit === true;
  const undecided = data?.charter === null && data.drafts.length === 0;
  const mine = data?.drafts.find(({ state }) => state === 'draft');
  return (
    <Page
      title="Connectors"
      permission="charter.read"
      load={whole}
      meta={data === undefined ? undefined : metaOf(data)}
      actions={
        <>
          <ExportMenu
            onExport={(format) =>
              fetchFile(routes.connectors.export, { client: slug, draft, ...filter, format })
            }
          />
          {editing || open === 0 ? null : (
            <LinkButton href={`/c/${slug}/connectors/drift`} variant="filled">
              Open drift
            </LinkButton>
          )}
          {editing || data?.may.edit !== true ? null : (
            <Button
              variant={open === 0 && !undecided ? 'filled' : 'default'}
              onClick={() => set({ edit: 'yes', ...(draft === undefined && mine ? { draft: mine.id } : {}) })}
            >
              {mine === undefined ? 'Edit the matrix' : 'Continue with the draft'}
            </Button>
          )}
        </>
      }
    >
      {data === undefined || (draft === undefined && drift === undefined) ? null : (
        <div className={classes.body}>
          <div className={classes.tabs}>
            <ConnectorTabs />
          </div>
          <Shown
            data={data}
            slug={slug}
            onForce={() => set({ draft: undefined, edit: undefined })}
            onDraft={(id) => set({ draft: id })}
          />
          <Readings data={data} />
          {data.connectors.length === 0 && !editing ? (
            <EmptyState
              title="No connectors."
              action={
                data.may.edit ? (
                  <>
                    {undecided ? (
                      <LinkButton href={`/c/${slug}/charter`} variant="filled">
                        Start the charter
                      </LinkButton>
                    ) : null}
                    <Button onClick={() => set({ edit: 'yes' })}>Add a connector</Button>
                  </>
                ) : undefined
              }
            >
              The matrix says what Claude may do in each system.{' '}
              {undecided
                ? 'No one has decided that yet, and no connectors table shows what is set in Claude. Start the charter from a baseline, which decides on the usual connectors, or add those you want to use.'
                : 'The charter approves no connector, and no connectors table has been imported. Add the connectors you want to use, then have the draft approved.'}
            </EmptyState>
          ) : (
            <MatrixEditor data={data} drift={drift} editing={editing} filter={filter} set={set} slug={slug} />
          )}
        </div>
      )}
    </Page>
  );
}

function metaOf(data: Matrix): string {
  const shown =
    data.draft !== null
      ? `Draft “${data.draft.title}”, not in force`
      : data.charter === null
        ? 'There is no charter yet'
        : `Charter version ${data.charter.number}${data.charter.since === null ? '' : `, in force since ${dayWords(data.charter.since)}`}`;
  const seen = data.observed.on === null ? '' : `; observed on ${dayWords(data.observed.on)}`;
  const next =
    data.nextReview === null
      ? ''
      : data.nextReview < data.today
        ? ` Their review was due ${dayWords(data.nextReview)}.`
        : ` Next review by ${dayWords(data.nextReview)}.`;
  return `What Claude may do in each system. ${shown}${seen}.${next}`;
}

interface ShownProps {
  readonly data: Matrix;
  readonly slug: string;
  readonly onForce: () => void;
  readonly onDraft: (id: string) => void;
}

/** Says which charter the page shows, with a link to the other one. */
function Shown({ data, slug, onForce, onDraft }: ShownProps) {
  const { draft, drafts } = data;
  const others = useMemo(() => drafts.filter(({ id }) => id !== draft?.id), [drafts, draft]);
  if (draft === null && others.length === 0) return null;
  return (
    <div className={classes.notices}>
      {draft === null ? null : (
        <Notice
          action={
            <Button size="xs" onClick={onForce}>
              Show what is in force
            </Button>
          }
        >
          This is the draft{' '}
          <Link to="/c/$client/charter/$version" params={{ client: slug, version: draft.id }}>
            {draft.title}
          </Link>
          , changed by {draft.changed.by} <When at={draft.changed.at} inline />.{' '}
          {draft.state === 'proposed'
            ? 'It was sent for approval; any change turns it back into a draft.'
            : 'Nothing in it takes effect until it is approved; on its page, you can see what it changes and send it for approval.'}
          {draft.moved
            ? ' Another version has come into force since it was made, so it has to be carried over first.'
            : ''}
        </Notice>
      )}
      {others.map((one) => (
        <Notice
          key={one.id}
          action={
            <Button size="xs" onClick={() => onDraft(one.id)}>
              Show the draft
            </Button>
          }
        >
          {one.state === 'proposed' ? 'Sent for approval' : 'Open draft'}:{' '}
          <Link to="/c/$client/charter/$version" params={{ client: slug, version: one.id }}>
            {one.title}
          </Link>
          , changed by {one.changed.by} <When at={one.changed.at} inline />.
        </Notice>
      ))}
    </div>
  );
}

function Readings({ data }: { data: Matrix }) {
  const { why, howToGet } = data.observed;
  if (why === null) return null;
  return (
    <div className={classes.notices}>
      <Notice>
        What is set in Claude cannot be read. {why} {howToGet}
      </Notice>
    </div>
  );
}

import { Button, Textarea } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { failed } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { needed, useFields } from '../../ui/fields.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Line, Lines } from '../../ui/lines.tsx';
import { useListSearch } from '../../ui/list-filters.ts';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { Page } from '../../ui/templates/page.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import { reviewsRoute } from './routes.tsx';
import { type Deck, dueLine, type Reviews, took } from './words.ts';

type Flag = Reviews['flags'][number];
type Signed = Reviews['items'][number];

/** The reviews of one client: what is due, which flags are open, and what was signed. */
export function ReviewsPage() {
  const { slug } = useClientHere();
  const search = reviewsRoute.useSearch();
  const { set } = useListSearch(search);
  const maySchedule = useMay('work.edit');
  const [closing, setClosing] = useState<Flag | null>(null);
  const load = useQuery(api.reviews.list.queryOptions({ input: { client: slug } }));
  return (
    <>
      <Page
        title="Reviews"
        permission="controls.read"
        load={load}
        meta="Monthly and quarterly reviews that follow the guide and are signed by the governance owner."
        actions={
          maySchedule ? (
            <LinkButton href={`/c/${slug}/work?tab=recurring`}>Change days and owners</LinkButton>
          ) : null
        }
      >
        {(data: Reviews) => (
          <Stack gap="lg" inset>
            {data.signers.length === 0 ? (
              <Notice mark="cannot_read">
                The charter names no governance owner, so no one can sign a quarterly review, and only the
                task’s owner under recurring tasks can sign the monthly one. Name a governance owner in the
                charter.
              </Notice>
            ) : null}
            <Card title="Due" flush>
              <Lines label="Reviews that are due">
                {data.decks.map((deck) => (
                  <Line key={deck.kind} head={<strong>{deck.title}</strong>}>
                    <Due deck={deck} mayEdit={data.may.edit} />
                  </Line>
                ))}
              </Lines>
            </Card>
            {data.flags.length === 0 ? null : (
              <Card title="Open flags" flush>
                <Lines label="Open flags">
                  {data.flags.map((flag) => (
                    <Line
                      key={`${flag.review} ${flag.item}`}
                      head={
                        <AppLink href={`/c/${slug}/reviews/${flag.review}?item=${flag.item}`}>
                          {flag.title}
                        </AppLink>
                      }
                    >
                      <FlagLine flag={flag} onClose={data.may.edit ? () => setClosing(flag) : null} />
                    </Line>
                  ))}
                </Lines>
              </Card>
            )}
            <DataTable
              label="Finished reviews"
              rows={data.items}
              columns={COLUMNS}
              rowId={(row) => row.id}
              sort={search.sort}
              onSort={(sort) => set({ sort })}
              empty={
                <EmptyState title="No review has been signed.">
                  A signed review is kept here with its minutes. Start the monthly one above.
                </EmptyState>
              }
            />
          </Stack>
        )}
      </Page>
      {closing === null ? null : <CloseDialog flag={closing} onClose={() => setClosing(null)} />}
    </>
  );
}

function Due({ deck, mayEdit }: { deck: Deck; mayEdit: boolean }) {
  const { slug } = useClientHere();
  const navigate = useNavigate();
  const open = useMutation({
    mutationFn: () => calls.reviews.open({ client: slug, kind: deck.kind }),
    onSuccess: async (review) => {
      took(slug, review);
      await navigate({ to: '/c/$client/reviews/$review', params: { client: slug, review: review.id } });
    },
    onError: failed,
  });
  const last = deck.last === null ? 'None signed yet' : `Last signed ${dayWords(deck.last)}`;
  return (
    <Row justify="between">
      <span>
        <span className={deck.late ? 'late' : undefined}>{dueLine(deck)}</span>. {last}.
        {deck.open === null
          ? ` About ${deck.minutes} minutes manually.`
          : ` ${deck.answered} of ${deck.of} answered.`}
      </span>
      {deck.open !== null ? (
        <LinkButton href={`/c/${slug}/reviews/${deck.open}`}>
          Continue<span className="hidden-text"> with the {deck.title.toLowerCase()}</span>
        </LinkButton>
      ) : mayEdit ? (
        <Button loading={open.isPending} onClick={() => open.mutate()}>
          Start<span className="hidden-text"> the {deck.title.toLowerCase()}</span>
        </Button>
      ) : null}
    </Row>
  );
}

function FlagLine({ flag, onClose }: { flag: Flag; onClose: (() => void) | null }) {
  return (
    <Row justify="between">
      <span className="wraps">
        {flag.note ?? 'Without a note'}. {flag.owner?.name ?? 'No owner'}
        {flag.day === null ? (
          ''
        ) : (
          <span className={flag.late ? 'late' : undefined}>, by {dayWords(flag.day)}</span>
        )}
      </span>
      {onClose === null ? null : (
        <Button size="xs" onClick={onClose}>
          Close<span className="hidden-text"> the flag of {flag.title}</span>…
        </Button>
      )}
    </Row>
  );
}

function CloseDialog({ flag, onClose }: { flag: Flag; onClose: () => void }) {
  const { slug } = useClientHere();
  const fields = useFields({ note: '' }, { note: needed('Say in a few words what was done.') });
  return (
    <FormDialog
      opened
      onClose={onClose}
      title={`Close the flag of ${flag.title}`}
      submit="Close the flag"
      final
      onSubmit={async () => {
        if (!fields.check()) return false;
        const { review, item } = flag;
        took(
          slug,
          await calls.reviews.close({ client: slug, review, item, note: fields.values.note.trim() }),
        );
        return true;
      }}
    >
      <Textarea label="What was done" autosize minRows={2} maxLength={4000} {...fields.text('note')} />
    </FormDialog>
  );
}

const COLUMNS: readonly Column<Signed>[] = [
  {
    id: 'title',
    header: 'Review',
    sort: (row) => row.title,
    cell: (row) => <ReviewLink row={row} />,
  },
  {
    id: 'on',
    header: 'Signed',
    width: '9rem',
    sort: (row) => row.signed?.on ?? '',
    cell: (row) => (row.signed === null ? 'Not signed' : dayWords(row.signed.on)),
  },
  {
    id: 'by',
    header: 'By',
    width: '40%',
    sort: (row) => row.signed?.by ?? '',
    cell: ({ signed, ended }) =>
      signed === null ? `Ended by ${ended?.by ?? ''}: ${ended?.why ?? ''}` : `${signed.by}, ${signed.as}`,
  },
];

function ReviewLink({ row }: { row: Signed }) {
  const { slug } = useClientHere();
  return <AppLink href={`/c/${slug}/reviews/${row.id}?item=sign`}>{row.title}</AppLink>;
}

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import {
  DATA_WORDS,
  REQUEST_STATE_WORDS,
  REVIEW_KIND_WORDS,
  WRITES_WORDS,
} from '../../../../src/domain/requests/words.ts';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card, Facts } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { DetailPage } from '../../ui/templates/detail-page.tsx';
import { Timeline } from '../../ui/timeline.tsx';
import { Steady } from '../../ui/unsaved.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { DecideDialog } from './decide-dialog.tsx';
import { ReachCard, VendorCard } from './reach-cards.tsx';
import { ReviewCard } from './review-card.tsx';
import { requestRoute } from './routes.tsx';
import type { Request } from './words.ts';

/** One request: what it would reach, the vendor's statements, the review, and the decision. */
export function RequestPage() {
  const { slug } = useClientHere();
  const { request } = requestRoute.useParams();
  const { open } = requestRoute.useSearch();
  const navigate = requestRoute.useNavigate();
  const load = useQuery(api.requests.get.queryOptions({ input: { client: slug, request } }));
  const show = (act: 'approve' | 'defer' | 'refuse' | undefined) =>
    void navigate({ search: act === undefined ? {} : { open: act } });
  return (
    <>
      <DetailPage<Request>
        title={(data) => `Request for ${data.name}`}
        permission="requests.read"
        load={load}
        mark={(data) => <span>{data.endsSoon ? 'Approval ends soon' : REQUEST_STATE_WORDS[data.state]}</span>}
        meta={(data) => (
          <>
            {data.asked.by} asked, <When at={data.asked.at} inline />. Wanted until{' '}
            {dayWords(data.wantedUntil)}.
          </>
        )}
        actions={(data) =>
          data.may.decide ? (
            <>
              <Button onClick={() => show('refuse')}>Refuse…</Button>
              <Button onClick={() => show('defer')}>Postpone…</Button>
              <Button variant="filled" disabled={data.blocked !== null} onClick={() => show('approve')}>
                Approve…
              </Button>
            </>
          ) : null
        }
        reason={(data) => data.purpose}
        work={(data) => (
          <>
            <Status slug={slug} request={data} />
            <Steady of={data}>
              {(steady) => <ReviewCard key={`${steady.id} ${steady.version}`} request={steady} />}
            </Steady>
          </>
        )}
        evidence={(data) => (
          <>
            <Card title="What was asked for">
              <Facts
                facts={[
                  ['Kind', data.kinds.map((kind) => REVIEW_KIND_WORDS[kind]).join(', ')],
                  ['Address', data.url ?? 'None given'],
                  ['Who would use it', data.people],
                  ['Kinds of data, as asked', data.data.map((one) => DATA_WORDS[one]).join(', ')],
                  ['Claude would', WRITES_WORDS[data.writes]],
                ]}
              />
            </Card>
            {data.departments.length === 0 ? null : (
              <Card title="Departments that want it">
                <Facts
                  facts={data.departments.map(
                    (one) => [one.department, `${one.purpose} Used by: ${one.people}.`] as const,
                  )}
                />
              </Card>
            )}
            {data.wantedBy.length === 0 ? null : (
              <Card title="Staff who want it" foot="Each address was verified by an emailed link.">
                <Facts
                  facts={data.wantedBy.map((one) => [one.name, `${one.address}: ${one.purpose}`] as const)}
                />
              </Card>
            )}
            <ReachCard request={data} />
            <VendorCard request={data} />
            <Card title="What happened">
              <Timeline
                label="What happened"
                items={data.steps.toReversed().map((one) => ({
                  id: `${one.at} ${one.act}`,
                  state: null,
                  title: one.words,
                  ...(one.note === null ? {} : { detail: one.note }),
                  at: one.at,
                  by: one.by,
                }))}
              />
            </Card>
          </>
        )}
      />
      {open === undefined || load.data?.may.decide !== true ? null : (
        <DecideDialog act={open} request={load.data} onClose={() => show(undefined)} />
      )}
    </>
  );
}

function Status({ slug, request: one }: { slug: string; request: Request }) {
  const waits = one.state === 'asked' || one.state === 'in_review';
  return (
    <>
      {one.deferredUntil === null ? null : (
        <Notice mark="pending">
          {one.state === 'deferred' ? 'Postponed until' : 'It was postponed until'}{' '}
          {dayWords(one.deferredUntil)}. {one.reason}
        </Notice>
      )}
      {one.decided === null ? null : (
        <Notice mark={one.state === 'lapsed' ? 'pending' : 'info'}>
          <Stack gap="sm" className="measure">
            <p>
              {one.state === 'refused' ? 'Refused' : 'Approved'} by {one.decided.by},{' '}
              <When at={one.decided.at} inline />
              {one.until === null
                ? ''
                : `, ${one.state === 'lapsed' ? 'and ended on' : 'until'} ${dayWords(one.until)}`}
              . {one.reason}
            </p>
            {one.state === 'refused' ? null : one.draft === null ? (
              <p>The charter or its open draft already had the connector, so no draft was opened.</p>
            ) : (
              <p>
                Nothing changed in Claude. A{' '}
                <AppLink href={`/c/${slug}/charter/${one.draft}`}>draft of the charter</AppLink> was opened
                with the connector at the guide’s baseline; it takes effect once a second person approves it.
              </p>
            )}
          </Stack>
        </Notice>
      )}
      {waits && one.blocked !== null ? <Notice mark="pending">{one.blocked}</Notice> : null}
      {waits && one.concerns.length > 0 ? (
        <Notice>To consider before deciding: {one.concerns.join('; ')}.</Notice>
      ) : null}
      {waits && one.approvers.why !== null ? (
        <Notice>
          {one.approvers.why}
          {one.approvals.length === 0
            ? ''
            : ` ${one.approvals.map(({ by, until }) => `${by} approved until ${dayWords(until)}`).join(', ')}.`}
        </Notice>
      ) : null}
      {one.may.why === null ? null : <Notice>{one.may.why}</Notice>}
    </>
  );
}

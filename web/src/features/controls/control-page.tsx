import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { EXCEPTION_STATE_WORDS } from '../../../../src/domain/labels.ts';
import { ownValue } from '../../../../src/domain/model/own-value.ts';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { serverNow } from '../../clock.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card, Facts } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Severity } from '../../ui/severity.tsx';
import { Notice } from '../../ui/states.tsx';
import { DetailPage } from '../../ui/templates/detail-page.tsx';
import { dayIn } from '../../ui/time.ts';
import { Timeline } from '../../ui/timeline.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { Answer } from '../charter/answer.tsx';
import { Cited } from '../policy/cited.tsx';
import { AssignmentCard } from '../work/assignment-card.tsx';
import { AssignDialog } from './assign-dialog.tsx';
import { CommentsCard } from './comments-card.tsx';
import {
  Checks,
  EvidenceHash,
  HowToFix,
  Items,
  RestsOn,
  Sides,
  Sources,
  WithEnterprise,
} from './control-parts.tsx';
import { AppLink, LinkButton } from './link-button.tsx';
import { Replay } from './replay.tsx';
import { controlRoute } from './routes.tsx';
import { type Control, leadOf } from './words.ts';

/** States that call for work, so that the control can be assigned. */
const OPEN: readonly Control['state'][] = ['fail', 'pending', 'cannot_read'];

/** One control of one client: what it is and why, what to do, its evidence, and its history. */
export function ControlPage() {
  const { slug } = useClientHere();
  const { control } = controlRoute.useParams();
  const { answer } = controlRoute.useSearch();
  const navigate = controlRoute.useNavigate();
  const load = useQuery(api.controls.get.queryOptions({ input: { client: slug, control } }));
  return (
    <>
      <DetailPage
        title={(data) => data.title}
        permission="controls.read"
        load={load}
        mark={(data) => (
          <>
            <VerdictMark state={data.state} look="badge" />
            <Severity level={data.severity} />
            <span className="mono muted">
              {data.id} v{data.version}
            </span>
          </>
        )}
        actions={(data) => <Actions slug={slug} control={data} />}
        reason={(data) => data.reason}
        work={(data) => <Work slug={slug} control={data} />}
        evidence={(data) => <Aside slug={slug} control={data} />}
      />
      <Answer
        ids={answer}
        onClose={() => void navigate({ search: (was) => ({ ...was, answer: undefined }) })}
      />
    </>
  );
}

function Actions({ slug, control }: { slug: string; control: Control }) {
  const may = {
    people: useMay('people.read'),
    imports: useMay('imports.write'),
    attest: useMay('attestations.write'),
    charter: useMay('charter.edit'),
  };
  const mayAsk = useMay('exceptions.request');
  const lead = leadOf({ slug, control, may });
  const accepts = control.state === 'fail' || control.state === 'pending';
  const attest = `/c/${slug}/attestations?new=${control.id}`;
  return (
    <>
      {control.attestable && may.attest && lead?.href !== attest ? (
        <LinkButton href={attest} leftSection={<Icon name="attestations" />}>
          State what you saw
        </LinkButton>
      ) : null}
      {accepts && mayAsk ? (
        <LinkButton href={`/c/${slug}/exceptions?new=${control.id}`} leftSection={<Icon name="exceptions" />}>
          Accept until…
        </LinkButton>
      ) : null}
      {lead === null ? null : (
        <LinkButton href={lead.href} variant="filled">
          {lead.label}
        </LinkButton>
      )}
    </>
  );
}

function Work({ slug, control }: { slug: string; control: Control }) {
  return (
    <>
      {control.question === null ? null : (
        <Notice mark="cannot_read">
          <strong>What would resolve it.</strong> {control.question}
        </Notice>
      )}
      {control.items.length + control.evidence.length === 0 ? null : (
        <Card
          title="What we observed"
          flush
          aside={
            control.observedOn === null
              ? 'No reading'
              : `${control.items.length === 0 ? '' : `${control.items.length} listed · `}last read ${dayWords(control.observedOn)}`
          }
        >
          {control.items.length === 0 ? null : <Items slug={slug} control={control} />}
          {control.evidence.length === 0 ? null : <RestsOn slug={slug} evidence={control.evidence} />}
        </Card>
      )}
      <WithEnterprise lacks={control.lacks} />
      <HowToFix slug={slug} remediation={control.remediation} />
      {control.facts.length === 0 ? null : <Sides facts={control.facts} />}
      <Card title="Why it matters">
        <p className="measure">{control.why}</p>
        <Sources sources={control.sources} />
      </Card>
      <Decisions slug={slug} control={control} />
      <CommentsCard key={control.id} slug={slug} control={control} />
    </>
  );
}

function Decisions({ slug, control }: { slug: string; control: Control }) {
  const { exceptions, attestations } = control;
  if ((exceptions?.length ?? 0) + (attestations?.length ?? 0) === 0) return null;
  return (
    <Card title="Exceptions and attestations" flush>
      <ul>
        {exceptions?.map((one) => (
          <li key={one.id}>
            <AppLink href={`/c/${slug}/exceptions?panel=${one.id}`}>
              Exception until {dayWords(one.until)} (owner {one.owner})
            </AppLink>
            <p className="muted">
              {one.state === 'requested'
                ? 'Waiting for a second person'
                : (ownValue(EXCEPTION_STATE_WORDS, one.state) ?? one.state)}
              : {one.reason}
            </p>
          </li>
        ))}
        {attestations?.map((one) => (
          <li key={one.id}>
            <AppLink href={`/c/${slug}/attestations?panel=${one.id}`}>
              {one.by} saw on {dayWords(one.seen)} that it is {one.holds ? 'as' : 'not as'} required
            </AppLink>
            {one.note === null ? null : <p className="muted">{one.note}</p>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Aside({ slug, control }: { slug: string; control: Control }) {
  const { elsewhere, assignment } = control;
  const { timezone } = useClientHere();
  const [assigning, setAssigning] = useState(false);
  return (
    <>
      <AssignmentCard
        assignment={assignment}
        item={`control:${control.id}`}
        reminded={control.reminded}
        today={dayIn(timezone, serverNow())}
        finished={!OPEN.includes(control.state)}
        onAssign={control.mayWork ? () => setAssigning(true) : null}
      />
      {assigning ? (
        <AssignDialog controls={[{ ...control, ...assignment }]} onClose={() => setAssigning(false)} />
      ) : null}
      <Card title="What happened">
        <Timeline
          label="What happened to this control"
          items={control.timeline.map((entry) => ({
            id: entry.id,
            state: entry.state,
            title: entry.title,
            ...(entry.detail === null ? {} : { detail: entry.detail }),
            at: entry.at,
            by: entry.by,
            ...(entry.sha256 === null ? {} : { aside: <EvidenceHash slug={slug} sha={entry.sha256} /> }),
          }))}
        />
      </Card>
      <Card>
        <Facts
          facts={[
            ['Area', control.areaName],
            ['Concerns', control.concerns],
            ['Applies', control.appliesWhen],
            [
              'Needs',
              control.needs.length === 0 ? (
                <span className="muted">No license</span>
              ) : (
                control.needs.map((need) => need.title).join(', ')
              ),
            ],
            ['Reads', <Checks key="reads" checks={control.checks} />],
            ['Since', <When key="since" at={control.since} />],
            [
              'Valid until',
              control.goodUntil === null ? (
                <span className="muted">No reading expires</span>
              ) : (
                `${dayWords(control.goodUntil)}, then Cannot read`
              ),
            ],
            ...(control.due === null ? [] : [['Due', dayWords(control.due)] as const]),
            ...(control.exception === null
              ? []
              : [
                  [
                    'Accepted',
                    `Until ${dayWords(control.exception.until)} by ${control.exception.owner}`,
                  ] as const,
                ]),
            ...(control.clauses.length === 0
              ? []
              : [
                  [
                    'Policy',
                    control.clauses.map((clause) => <Cited key={clause.id} slug={slug} clause={clause} />),
                  ] as const,
                ]),
            ['Guide', <Sections key="guide" sections={control.sections} slug={slug} />],
            ...(elsewhere === null
              ? []
              : [
                  [
                    'Other clients',
                    <Link key="across" to={`/across/${control.short}` as '/'}>
                      Fails at {elsewhere.fails} of {elsewhere.of}
                    </Link>,
                  ] as const,
                ]),
            ['Decided', <When key="decided" at={control.decidedAt} />],
          ]}
        />
      </Card>
      <Replay control={control.short} />
    </>
  );
}

function Sections({ sections, slug }: { sections: readonly string[]; slug: string }) {
  if (sections.length === 0) return <span className="muted">Not in the guide</span>;
  return (
    <>
      {sections.map((section, at) => (
        <span key={section}>
          {at === 0 ? '' : ', '}
          <Link to="/c/$client/controls" params={{ client: slug }} search={{ section }}>
            {section}
          </Link>
        </span>
      ))}
    </>
  );
}

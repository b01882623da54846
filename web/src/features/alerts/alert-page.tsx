import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ALERT_STATE_WORDS } from '../../../../src/domain/detections/alert-words.ts';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Breakable } from '../../ui/breakable.tsx';
import { Card, Facts } from '../../ui/card.tsx';
import { Row } from '../../ui/layout.tsx';
import { Severity } from '../../ui/severity.tsx';
import { Notice } from '../../ui/states.tsx';
import { DetailPage } from '../../ui/templates/detail-page.tsx';
import { Timeline } from '../../ui/timeline.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import { activityLink, sharedValue } from './activity-link.ts';
import { EventsCard } from './events-card.tsx';
import { Moment } from './moment.tsx';
import { PlaybookCard } from './playbook-card.tsx';
import { alertRoute } from './routes.tsx';
import { rereadAlerts, settledToast } from './settle.ts';
import { SettleDialog } from './settle-dialog.tsx';
import { SettleMenu } from './settle-menu.tsx';
import { StepDialog, stepName } from './step-dialog.tsx';
import { type Act, type Alert, OUTCOME_WORDS, STATE_SHAPES } from './words.ts';

const UNSETTLED: readonly string[] = ['open', 'follow_up'];

/** One alert: who did what, the events behind it, what to do, and the decision. */
export function AlertPage() {
  const { slug } = useClientHere();
  const { alert } = alertRoute.useParams();
  const mayLead = useMay('incidents.lead');
  const { open } = alertRoute.useSearch();
  const navigate = alertRoute.useNavigate();
  const load = useQuery(api.alerts.get.queryOptions({ input: { client: slug, alert } }));
  const show = (act: Act | undefined) =>
    void navigate({ search: act === undefined ? {} : { open: act }, replace: true });
  return (
    <>
      <DetailPage<Alert>
        title={(data) => `${data.code} ${data.title}`}
        permission="alerts.read"
        load={load}
        mark={(data) => (
          <VerdictMark state={STATE_SHAPES[data.state]} look="badge">
            {ALERT_STATE_WORDS[data.state]}
          </VerdictMark>
        )}
        meta={(data) => (
          <Row as="span" gap="lg" inline>
            <Severity level={data.level} />
            <span>
              Raised <When at={data.raised} inline />
            </span>
          </Row>
        )}
        actions={(data) =>
          data.may.decide && data.state !== 'merged' ? <Acts alert={data} show={show} /> : null
        }
        reason={(data) => data.words}
        work={(data) => (
          <>
            <Status slug={slug} alert={data} />
            {data.group.alerts < 2 ? null : (
              <Notice>
                One of{' '}
                <AppLink href={`/c/${slug}/alerts/groups/${data.group.id}`}>
                  {data.group.alerts.toLocaleString('en')} alerts like it
                </AppLink>
                , which can be settled together.
              </Notice>
            )}
            <EventsCard alert={data} />
            <WhyCard slug={slug} alert={data} />
          </>
        )}
        evidence={(data) => (
          <>
            <PlaybookCard playbook={data.playbook} guide={data.guide} />
            {data.incident?.open === true ? (
              <LinkButton
                href={`/c/${slug}/incidents/${data.incident.id}`}
              >{`Go to ${data.incident.code}`}</LinkButton>
            ) : mayLead ? (
              <LinkButton href={`/c/${slug}/incidents?open=yes&alert=${data.id}`}>
                Open an incident…
              </LinkButton>
            ) : null}
            <Card title="What happened to the alert">
              <Timeline
                label="What happened to the alert"
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
      {open === undefined || load.data?.may.decide !== true ? null : open === 'step' ? (
        <FirstStep slug={slug} alert={load.data} onClose={() => show(undefined)} />
      ) : (
        <SettleDialog key={open} act={open} alert={load.data} onClose={() => show(undefined)} />
      )}
    </>
  );
}

function Acts({ alert, show }: { alert: Alert; show: (act: Act) => void }) {
  if (!UNSETTLED.includes(alert.state))
    return (
      <Button variant="filled" onClick={() => show('reopen')}>
        Reopen…
      </Button>
    );
  const [first] = alert.playbook;
  return (
    <>
      <SettleMenu
        silences
        not={alert.state === 'follow_up' ? 'follow_up' : undefined}
        onChoose={(act) => show(act)}
      />
      {first === undefined ? null : (
        <Button variant="filled" onClick={() => show('step')}>
          {stepName(first)}…
        </Button>
      )}
    </>
  );
}

function FirstStep({ slug, alert, onClose }: { slug: string; alert: Alert; onClose: () => void }) {
  const { timezone } = useClientHere();
  // Not all events of a large alert are listed, and the others may be of someone else. An unusual day is one person’s.
  const isUnusualDay = alert.numbers !== null;
  const all = alert.events.length < alert.count ? [] : alert.events;
  const [step] = alert.playbook;
  if (step === undefined) return null;
  const begin = async (note: string) => {
    const { id, version: shown } = alert;
    const { version } = await calls.alerts.settle({
      client: slug,
      alert: id,
      version: shown,
      as: 'follow_up',
      note,
    });
    await rereadAlerts();
    settledToast(slug, OUTCOME_WORDS.follow_up.done, [{ id, version }]);
  };
  return (
    <StepDialog
      step={step}
      about={alert.words}
      activity={activityLink({
        slug,
        timezone,
        first: alert.first,
        last: alert.last,
        person: sharedValue((isUnusualDay ? alert.events : all).map((one) => one.person)),
        connector: isUnusualDay ? undefined : sharedValue(all.map((one) => one.connectorId)),
      })}
      onBegin={alert.state === 'open' ? begin : null}
      onClose={onClose}
    />
  );
}

function Status({ slug, alert }: { slug: string; alert: Alert }) {
  return (
    <>
      {alert.mergedInto === null ? null : (
        <Notice>
          Events that arrived late showed that this is part of{' '}
          <AppLink href={`/c/${slug}/alerts/${alert.mergedInto}`}>another alert</AppLink>. Decide there.
        </Notice>
      )}
      {alert.silence === null ? null : (
        <Notice>
          Silenced until {dayWords(alert.silence.until)}: {alert.silence.reason}
        </Notice>
      )}
      {alert.incident === null ? null : (
        <Notice>
          <AppLink href={`/c/${slug}/incidents/${alert.incident.id}`}>{alert.incident.code}</AppLink> was
          opened from this alert and is {alert.incident.open ? 'open' : 'closed'}.
        </Notice>
      )}
      {alert.settled === null ? null : (
        <Notice>
          {ALERT_STATE_WORDS[alert.state]}, decided by {alert.settled.by},{' '}
          <When at={alert.settled.at} inline />.
        </Notice>
      )}
    </>
  );
}

const COMPARISON_WORDS = {
  own: 'their own previous days',
  peers: 'colleagues',
  calendar: 'the client’s calendar',
} as const;

function WhyCard({ slug, alert }: { slug: string; alert: Alert }) {
  const { numbers } = alert;
  return (
    <Card
      title="Why this alert"
      aside={
        <AppLink href={`/c/${slug}/alerts/detections?panel=${alert.detection}`}>Detection and tuning</AppLink>
      }
      foot={alert.blind === '' ? undefined : `Not seen: ${alert.blind}`}
    >
      <Facts
        long
        facts={[
          ['Detection', `${alert.purpose} (${alert.detection})`],
          ...(numbers === null
            ? [
                ['First', <Moment key="first" at={alert.first} />] as const,
                ['Last', <Moment key="last" at={alert.last} />] as const,
              ]
            : []),
          ...(numbers === null
            ? [['Events', `${count(alert.count, 'event')} folded into this alert`] as const]
            : [
                ['Counted', numbers.count.toLocaleString('en')] as const,
                [
                  numbers.bound === 'at_least' ? 'Raised from' : 'Raised above',
                  numbers.bound === 'at_least'
                    ? `at least ${numbers.limit.toLocaleString('en')}`
                    : numbers.limit.toLocaleString('en'),
                ] as const,
                ...(numbers.holiday === null ? [] : [['Holiday', numbers.holiday] as const]),
                [
                  'Compared with',
                  `${COMPARISON_WORDS[numbers.against]}, ${count(numbers.days, 'day')}`,
                ] as const,
              ]),
          ...alert.facts.map(([name, value]) => [name, <Breakable key={name} text={value} />] as const),
          ['Known false positives', alert.falsePositives.join(' ')],
        ]}
      />
    </Card>
  );
}

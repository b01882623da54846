import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Row } from '../../ui/layout.tsx';
import { Severity } from '../../ui/severity.tsx';
import { Notice } from '../../ui/states.tsx';
import { DetailPage } from '../../ui/templates/detail-page.tsx';
import { Timeline } from '../../ui/timeline.tsx';
import { Steady } from '../../ui/unsaved.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AboutCard } from './about-card.tsx';
import { ContentFiles } from './content-files.tsx';
import { CloseDialog, EditDialog, NoteDialog, ReopenDialog, ReportDialog } from './dialogs.tsx';
import { CallsCard, EvidenceCard } from './evidence-cards.tsx';
import { OnWord } from './on-word.tsx';
import { incidentRoute } from './routes.tsx';
import { StepCard } from './step-card.tsx';
import { type Incident, OUTCOME_WORDS, rereadIncidents, type Step, status } from './words.ts';

/** One incident: its steps with their deadlines, the collected evidence, and the history. */
export function IncidentPage() {
  const { slug } = useClientHere();
  const { incident } = incidentRoute.useParams();
  const { open } = incidentRoute.useSearch();
  const navigate = incidentRoute.useNavigate();
  const load = useQuery(api.incidents.get.queryOptions({ input: { client: slug, incident } }));
  const show = (act: typeof open) =>
    void navigate({ search: act === undefined ? {} : { open: act }, replace: true });
  const dialog = { incident: load.data, onClose: () => show(undefined) };
  return (
    <>
      <DetailPage<Incident>
        title={(data) => data.title}
        permission="incidents.read"
        load={load}
        mark={(data) => (
          <VerdictMark state={status(data).state} look="badge">
            {status(data).words}
          </VerdictMark>
        )}
        meta={(data) => (
          <Row as="span" gap="lg" inline>
            <Severity level={data.severity} />
            <span>
              {data.code}
              {data.drill ? ', a drill' : ''}, {data.type}
            </span>
          </Row>
        )}
        actions={(data) => <Acts slug={slug} incident={data} show={show} />}
        reason={(data) => data.summary}
        work={(data) => (
          <>
            <Status incident={data} />
            {data.plan.map((step, at) => (
              <Steady key={step.id} of={step}>
                {(steady) => (
                  <StepCard
                    key={steady.version}
                    incident={data}
                    step={steady}
                    number={at + 1}
                    opened={isOpened(data, step)}
                  />
                )}
              </Steady>
            ))}
            <CallsCard incident={data} />
          </>
        )}
        evidence={(data) => (
          <>
            <AboutCard slug={slug} incident={data} />
            <EvidenceCard slug={slug} incident={data} />
            <ContentFiles slug={slug} incident={data.id} />
            {data.anthropic === null ? null : (
              <Card title="Report to Anthropic" foot="Times, IDs and tools only. Nothing that people wrote.">
                <CopyText label="Text to send" text={data.anthropic} />
              </Card>
            )}
            <Card title="Timeline">
              <Timeline
                label="Timeline"
                items={data.timeline.toReversed().map((one, at) => ({
                  id: `${one.at} ${one.act} ${at}`,
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
      {dialog.incident === undefined ? null : open === 'close' ? (
        <CloseDialog incident={dialog.incident} onClose={dialog.onClose} />
      ) : open === 'reopen' ? (
        <ReopenDialog incident={dialog.incident} onClose={dialog.onClose} />
      ) : open === 'note' ? (
        <NoteDialog incident={dialog.incident} onClose={dialog.onClose} />
      ) : open === 'report' ? (
        <ReportDialog incident={dialog.incident} onClose={dialog.onClose} />
      ) : open === 'edit' ? (
        <EditDialog incident={dialog.incident} onClose={dialog.onClose} />
      ) : null}
    </>
  );
}

/** Expands the next step, and steps with a stricter permission that no reading has shown to be in force. */
function isOpened({ state, plan }: Incident, step: Step): boolean {
  if (state !== 'open') return false;
  const follows = step.permissions?.followed.some((one) => one.state !== 'seen') ?? false;
  return follows || plan.find(({ settled }) => !settled)?.id === step.id;
}

type Show = (act: 'close' | 'edit' | 'note' | 'reopen' | 'report') => void;

function Acts({ slug, incident, show }: { slug: string; incident: Incident; show: Show }) {
  const { may, state } = incident;
  const collect = async () => {
    await calls.incidents.collect({ client: slug, incident: incident.id });
    await rereadIncidents();
    await done('Collected again.', api.incidents.key());
  };
  return (
    <>
      <Button onClick={() => show('report')}>Report…</Button>
      {may.lead ? (
        <Menu>
          <Menu.Target>
            <Button rightSection={<Icon name="chevron-down" />}>More</Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => show('note')}>Add a note…</Menu.Item>
            {state === 'open' ? (
              <>
                <Menu.Item onClick={() => show('edit')}>Change the details…</Menu.Item>
                <Menu.Item onClick={() => void collect()}>Collect evidence again</Menu.Item>
              </>
            ) : (
              <Menu.Item onClick={() => show('reopen')}>Reopen it…</Menu.Item>
            )}
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {may.close ? (
        <Button variant={incident.gaps.length === 0 ? 'filled' : 'default'} onClick={() => show('close')}>
          Close…
        </Button>
      ) : null}
    </>
  );
}

function Status({ incident }: { incident: Incident }) {
  const { closed, outcome, closing, gaps, may, playbook, drill } = incident;
  if (closed !== null)
    return (
      <>
        <Notice>
          {outcome === null ? 'Closed' : OUTCOME_WORDS[outcome]}: closed by {closed.by},{' '}
          <When at={closed.at} inline />. {closing}
        </Notice>
        <OnWord incident={incident} />
      </>
    );
  const left = new Set(gaps.map(({ step }) => step)).size;
  return (
    <>
      {drill ? <Notice>This is a drill. Nothing here counts as an incident.</Notice> : null}
      {playbook.changed ? (
        <Notice>
          The catalogue now has a newer version of this playbook. This incident keeps the version of{' '}
          {dayWords(playbook.revised)}.
        </Notice>
      ) : null}
      {may.why === null ? null : <Notice mark="pending">{may.why}</Notice>}
      <Notice mark={left === 0 ? 'info' : 'pending'}>
        {left === 0
          ? 'Every step is settled. It can be closed.'
          : `${left} of ${count(incident.plan.length, 'step')} ${left === 1 ? 'is' : 'are'} still open.`}
      </Notice>
      <OnWord incident={incident} />
    </>
  );
}
// Guide: G7.2-00 G7.2-06 G7.2-18

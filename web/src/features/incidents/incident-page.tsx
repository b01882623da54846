import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { dataWords } from '../../../../src/domain/connectors/words.ts';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { done } from '../../acts.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card, Facts } from '../../ui/card.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { SourceLinks } from '../../ui/lines.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { Severity } from '../../ui/severity.tsx';
import { Notice } from '../../ui/states.tsx';
import { DetailPage } from '../../ui/templates/detail-page.tsx';
import { Timeline } from '../../ui/timeline.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { ContentFiles } from './content-files.tsx';
import { CloseDialog, EditDialog, NoteDialog, ReopenDialog, ReportDialog } from './dialogs.tsx';
import { incidentRoute } from './routes.tsx';
import { StepCard } from './step-card.tsx';
import { type Incident, OUTCOME_WORDS, rereadIncidents, status } from './words.ts';

/** One incident: its steps with their clocks, what was collected, and everything that was done. */
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
              <StepCard
                key={`${step.id} ${step.version}`}
                incident={data}
                step={step}
                number={at + 1}
                opened={data.state === 'open' && data.plan.find(({ settled }) => !settled)?.id === step.id}
              />
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
              <Card
                title="Report to Anthropic"
                foot="Times, ids and tools only. Nothing of what people wrote."
              >
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
                <Menu.Item onClick={() => show('edit')}>Change what it is about…</Menu.Item>
                <Menu.Item onClick={() => void collect()}>Collect evidence again</Menu.Item>
              </>
            ) : (
              <Menu.Item onClick={() => show('reopen')}>Open it again…</Menu.Item>
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
      <Notice>
        {outcome === null ? 'Closed' : OUTCOME_WORDS[outcome]}: closed by {closed.by},{' '}
        <When at={closed.at} inline />. {closing}
      </Notice>
    );
  const left = new Set(gaps.map(({ step }) => step)).size;
  return (
    <>
      {drill ? <Notice>A drill. Nothing here counts as an incident.</Notice> : null}
      {playbook.changed ? (
        <Notice>
          The catalogue has another version of this playbook by now. This incident keeps the one of{' '}
          {dayWords(playbook.revised)}.
        </Notice>
      ) : null}
      {may.why === null ? null : <Notice mark="pending">{may.why}</Notice>}
      <Notice mark={left === 0 ? 'info' : 'pending'}>
        {left === 0
          ? 'Every step is settled. It can be closed.'
          : `${count(left, 'step')} of ${incident.plan.length} ${left === 1 ? 'is' : 'are'} not settled.`}
      </Notice>
    </>
  );
}

function AboutCard({ slug, incident }: { slug: string; incident: Incident }) {
  const { origin, playbook, lead } = incident;
  return (
    <Card title="About it" foot={<SourceLinks sources={playbook.sources} />}>
      <Facts
        facts={[
          ['Led by', lead?.name ?? 'Nobody'],
          ['Decides', playbook.decides],
          ...(incident.clauses.length === 0
            ? []
            : [
                [
                  'Against',
                  incident.clauses
                    .map(({ number, title, version }) =>
                      number === null ? title : `clause ${number}, ${title} (policy ${version ?? ''})`,
                    )
                    .join('; '),
                ] as const,
              ]),
          [
            'To call',
            playbook.contacts.length === 0 ? 'The charter names nobody' : playbook.contacts.join('; '),
          ],
          [
            'Opened',
            <span key="opened">
              {incident.opened.by}, <When at={incident.opened.at} inline />
            </span>,
          ],
          [
            'Made of',
            origin.kind === 'alert' ? (
              <AppLink key="origin" href={`/c/${slug}/alerts/${origin.id ?? ''}`}>
                Alert {origin.code ?? ''}
              </AppLink>
            ) : origin.kind === 'defender' ? (
              <AppLink key="origin" href={`/c/${slug}/connectors/microsoft-tenant`}>
                An alert of Defender
              </AppLink>
            ) : origin.kind === 'drift' ? (
              <AppLink key="origin" href={`/c/${slug}/charter/drift`}>
                A difference from the charter
              </AppLink>
            ) : origin.gone !== null ? (
              <span key="origin">
                A report from staff, removed{' '}
                {origin.gone.at === null ? null : <When at={origin.gone.at} inline />} by the retention rule
              </span>
            ) : origin.kind === 'staff' ? (
              <AppLink key="origin" href={`/c/${slug}/incidents/reports?panel=${origin.id ?? ''}`}>
                A report from staff
              </AppLink>
            ) : origin.kind === 'register' ? (
              <AppLink
                key="origin"
                href={`/c/${slug}/personal-accounts?panel=${encodeURIComponent(origin.id ?? '')}`}
              >
                A personal account
              </AppLink>
            ) : origin.kind === 'grant' ? (
              <AppLink key="origin" href={`/c/${slug}/connectors/microsoft-365`}>
                A permission that someone gave in Entra
              </AppLink>
            ) : (
              'Opened by hand'
            ),
          ],
          ['Person', incident.person ?? 'Nobody named'],
          ['Connector', incident.connector ?? 'None named'],
          ...(playbook.about.includes('file')
            ? ([
                ['File', incident.fileName ?? 'Not reported'],
                ['Found', incident.pattern ?? 'Not reported'],
                ['Device', incident.device ?? 'Not reported'],
              ] as const)
            : []),
          ['Kinds of data', incident.data.length === 0 ? 'Not known' : dataWords(incident.data)],
          [
            'Happened',
            incident.happened === null ? 'Not known' : <When key="happened" at={incident.happened} inline />,
          ],
          ['Noticed', <When key="noticed" at={incident.noticed} inline />],
          ['Playbook', `Of ${dayWords(playbook.revised)}, ${playbook.sha256.slice(0, 8)}`],
        ]}
      />
    </Card>
  );
}

function EvidenceCard({ slug, incident: { evidence, wanted } }: { slug: string; incident: Incident }) {
  return (
    <Card title="Evidence">
      <Stack gap="md">
        <ul aria-label="Collected">
          {evidence.map((one) => (
            <li key={one.id}>
              {one.sha256 === null ? (
                one.words
              ) : (
                <AppLink href={`/c/${slug}/evidence/${one.sha256}`}>{one.words}</AppLink>
              )}{' '}
              <span className="muted small">
                {one.by}, <When at={one.at} inline />
              </span>
            </li>
          ))}
        </ul>
        <div>
          <h3>What the playbook asks for</h3>
          <ul>
            {wanted.map(({ what, held, blind }) => (
              <li key={what}>
                {what}{' '}
                <span className="muted small">{held ? 'Collected by Bylaw.' : 'Import it to a step.'}</span>
                {blind === null ? null : <span className="muted small"> {blind}.</span>}
              </li>
            ))}
          </ul>
        </div>
      </Stack>
    </Card>
  );
}

function CallsCard({ incident: { calls, plan } }: { incident: Incident }) {
  if (calls.length === 0) return null;
  // Only some plans have a step that asks of each write whether it was meant.
  const asks = plan.some(({ entries }) => entries !== null && entries.suggested.length > 0);
  return (
    <Card title="Around the time, in order" aside={count(calls.length, 'event')} flush>
      <PlainTable
        label="Events around the time"
        rows={calls}
        rowId={(row) => `${row.at} ${row.type} ${row.tool ?? ''}`}
        columns={[
          { head: 'When', cell: (row) => <When at={row.at} inline /> },
          { head: 'What', cell: (row) => row.tool ?? row.type },
          { head: 'Connector', cell: (row) => row.connector ?? <span className="muted">None</span> },
          {
            head: 'Effect',
            cell: (row) =>
              row.does === null ? (
                <>
                  <span className="muted">
                    {row.effect === 'unknown' ? 'Not known' : (row.effect ?? 'Not reported')}
                  </span>
                  <span className="second">
                    {row.meant !== null
                      ? `Meant: ${row.meant}`
                      : row.effect === 'unknown' && row.outcome !== 'rejected' && asks && 'Not confirmed'}
                  </span>
                </>
              ) : row.does === 'read' ? (
                'Read'
              ) : (
                <>
                  Write
                  <span className="second">
                    {row.outcome === 'rejected'
                      ? 'Refused'
                      : row.meant === null
                        ? asks && 'Not confirmed'
                        : `Meant: ${row.meant}`}
                  </span>
                </>
              ),
          },
          {
            head: 'Arguments',
            cell: ({ arguments: given }) =>
              given.state === 'kept' ? (
                `Kept, ${count(given.characters ?? 0, 'character')}`
              ) : (
                <span className="muted">
                  Not recorded{given.characters === null ? '' : ` (${count(given.characters, 'byte')})`}
                </span>
              ),
          },
          {
            head: 'Let through by',
            cell: (row) =>
              row.through === null ? (
                <span className="muted">Not reported</span>
              ) : (
                <>
                  {row.approved === 'person'
                    ? 'A person'
                    : row.approved === 'automatic'
                      ? 'Automatically'
                      : 'Not known'}
                  <span className="second">{row.through}</span>
                </>
              ),
          },
        ]}
      />
    </Card>
  );
}
// Guide: G7.2-00 G7.2-06 G7.2-18

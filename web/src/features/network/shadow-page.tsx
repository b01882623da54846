import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { count, dayWords, names } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card, Facts } from '../../ui/card.tsx';
import { Flows } from '../../ui/charts/flows.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Line, Lines } from '../../ui/lines.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { EmptyState, Notice } from '../../ui/states.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { AppLink } from '../controls/link-button.tsx';
import { StatusMark } from '../risks/status-mark.tsx';
import { DecideDialog } from './decide-dialog.tsx';
import {
  bytesWords,
  decisionMark,
  decisionWords,
  findingWords,
  KIND_WORDS,
  type ShadowAi,
  type Tool,
  whoWords,
} from './shadow-words.ts';

/** Which AI tools are in use, by whom, on which networks, what was decided on each, and the remaining risk. */
export function ShadowPage() {
  const { slug } = useClientHere();
  const load = useQuery(api.network.shadowAi.queryOptions({ input: { client: slug } }));
  return (
    <OverviewPage<ShadowAi>
      title="Shadow AI"
      permission="controls.read"
      load={load}
      meta={({ logs }) => logs.words}
      main={(data) => (
        <>
          <Picture slug={slug} data={data} />
          <ToolsCard data={data} />
          <RisksCard slug={slug} data={data} />
        </>
      )}
      side={(data) => (
        <>
          <ClaudeCard slug={slug} data={data} />
          <NetworksCard slug={slug} data={data} />
          <ControlsCard slug={slug} data={data} />
        </>
      )}
    />
  );
}

function Picture({ slug, data }: { slug: string; data: ShadowAi }) {
  const words = findingWords(data);
  if (!data.logs.read)
    return (
      <Card title="AI tools in use">
        <EmptyState title="No network log has been read.">
          {data.logs.howToGet} Bylaw keeps only who used which AI tool on which day; page addresses and the
          log itself are discarded. <AppLink href={`/c/${slug}/imports`}>Import a log</AppLink>
        </EmptyState>
      </Card>
    );
  const shown = data.tools.slice(0, 8);
  const people = new Set(shown.flatMap((tool) => tool.names ?? [])).size;
  const devices = shown.reduce((max, tool) => Math.max(max, tool.devices), 0);
  return (
    <Card
      title="AI tools in use"
      foot={`The catalogue recognizes ${data.known} other AI tools by their hosts, as of ${dayWords(data.asOf)}; beyond those, only tools that the gateway itself labels as AI are seen.`}
    >
      <Stack gap="md">
        <p className="reading">{words}</p>
        {shown.length === 0 ? null : (
          <>
            <p className="muted">
              Plain: allowed, or refused every time. Hatched: got through although nothing allows it. Wider
              lines: more people or devices.
            </p>
            <Flows
              summary={words}
              through="Network"
              sources={
                people > 0
                  ? [{ key: 'people', label: 'people by name', n: people, more: false }]
                  : devices > 0
                    ? [{ key: 'devices', label: 'devices or more', n: devices, more: false }]
                    : []
              }
              targets={shown.map((tool) => {
                const n = Math.max(1, tool.people ?? tool.devices);
                const open = decisionMark(tool) === 'fail';
                return {
                  key: tool.key,
                  reads: open ? 0 : n,
                  more: open ? n : 0,
                  label: (
                    <>
                      <strong>{tool.title}</strong>
                      <span className="muted small">
                        {whoWords(tool)}
                        {tool.times === null ? '' : `, ${count(tool.times, 'time')}`}
                      </span>
                      <VerdictMark state={decisionMark(tool)}>{decisionWords(tool)}</VerdictMark>
                    </>
                  ),
                };
              })}
            />
          </>
        )}
      </Stack>
    </Card>
  );
}

function ToolsCard({ data: { tools } }: { data: ShadowAi }) {
  const mayDecide = useMay('charter.edit');
  const [open, setOpen] = useState<Tool | null>(null);
  if (tools.length === 0) return null;
  return (
    <Card title="Other AI tools" aside={count(tools.length, 'tool')} flush>
      <PlainTable
        label="Other AI tools"
        rows={tools}
        rowId={({ key }) => key}
        columns={[
          {
            head: 'Tool',
            cell: ({ title, vendor, kind, takes, note }) => (
              <Stack gap="2xs">
                <strong>{title}</strong>
                <span className="muted small">
                  {kind === null
                    ? 'Not in the catalogue; the gateway labels it an AI tool.'
                    : `${vendor}. ${KIND_WORDS[kind]}. Takes: ${takes}${note === null ? '' : ` ${note}`}`}
                </span>
              </Stack>
            ),
          },
          {
            head: 'Decision',
            cell: (tool) => (
              <Stack gap="2xs">
                <VerdictMark state={decisionMark(tool)}>{decisionWords(tool)}</VerdictMark>
                {tool.reason === null ? null : <span className="muted small">{tool.reason}</span>}
              </Stack>
            ),
          },
          {
            head: 'Who',
            cell: (tool) => (
              <>
                {whoWords(tool)}
                {tool.names === null || tool.names.length === 0 ? null : (
                  <span className="muted small wraps"> {names(tool.names, 3)}</span>
                )}
              </>
            ),
          },
          {
            head: 'Last on',
            cell: ({ lastOn }) =>
              lastOn === null ? <span className="muted">Not reported</span> : dayWords(lastOn),
          },
          { head: 'Sent', align: 'end', cell: ({ sent }) => bytesWords(sent) },
          ...(mayDecide
            ? [
                {
                  head: '',
                  cell: (tool: Tool) => (
                    <Button size="xs" onClick={() => setOpen(tool)}>
                      Decide<span className="hidden-text"> on {tool.title}</span>
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
      />
      {open === null ? null : <DecideDialog key={open.key} tool={open} onClose={() => setOpen(null)} />}
    </Card>
  );
}

function ClaudeCard({ slug, data: { claude, accounts, devices } }: { slug: string; data: ShadowAi }) {
  return (
    <Card title="Claude, people and devices">
      <Facts
        facts={[
          [
            'Claude',
            claude === null
              ? 'No log shows it'
              : `${whoWords(claude)}${claude.times === null ? '' : `, ${count(claude.times, 'time')}`}`,
          ],
          [
            'Other organizations',
            claude === null || claude.ours + claude.others === 0 ? (
              <span key="not" className="muted">
                The logs do not show request addresses, so personal account sessions cannot be told apart.
              </span>
            ) : claude.others === 0 ? (
              'Every session that can be told apart is your organization’s.'
            ) : (
              <VerdictMark key="others" state="fail">
                {count(claude.others, 'organization')} that {claude.others === 1 ? 'is' : 'are'} not ours
              </VerdictMark>
            ),
          ],
          [
            'Personal accounts',
            accounts === null ? (
              <span key="hidden" className="muted">
                Your role does not include this
              </span>
            ) : (
              <span key="accounts">
                {accounts.words} <AppLink href={`/c/${slug}/personal-accounts`}>Personal accounts</AppLink>
              </span>
            ),
          ],
          ['Devices', devices.words],
        ]}
      />
    </Card>
  );
}

function NetworksCard({ slug, data: { networks } }: { slug: string; data: ShadowAi }) {
  return (
    <Card
      title="Networks"
      foot="A network is proven only by a test from there that carries the same name."
      flush
    >
      {networks.length === 0 ? (
        <Stack inset="tall">
          <p className="muted">
            No log names a network, and no network has been tested.{' '}
            <AppLink href={`/c/${slug}/network`}>Network controls</AppLink>
          </p>
        </Stack>
      ) : (
        <Lines label="Networks" head="9rem">
          {networks.map(({ place, test, inLogs }) => (
            <Line key={place} head={<span className="wraps">{place}</span>}>
              {test === null ? (
                <VerdictMark state="cannot_read">Not tested</VerdictMark>
              ) : (
                <span>
                  <VerdictMark state={test.holds ? 'pass' : 'fail'}>
                    {test.holds ? 'Refuses other organizations' : 'Does not refuse other organizations'}
                  </VerdictMark>{' '}
                  <span className="muted">
                    <When at={test.at} inline />
                  </span>
                </span>
              )}
              <span className="muted small">{inLogs ? 'In the logs' : 'No log of it'}</span>
            </Line>
          ))}
        </Lines>
      )}
    </Card>
  );
}

function ControlsCard({ slug, data: { controls } }: { slug: string; data: ShadowAi }) {
  return (
    <Card title="Controls" flush>
      <Lines label="Controls against shadow AI" head="9rem">
        {controls.map(({ control, title, state }) => (
          <Line
            key={control}
            head={state === null ? <span className="muted">Not decided</span> : <VerdictMark state={state} />}
          >
            <Link to="/c/$client/controls/$control" params={{ client: slug, control }}>
              {title}
            </Link>
          </Line>
        ))}
      </Lines>
    </Card>
  );
}

function RisksCard({ slug, data: { risks } }: { slug: string; data: ShadowAi }) {
  return (
    <Card title="What remains" aside={<AppLink href={`/c/${slug}/risks`}>All risks</AppLink>} flush>
      {risks.length === 0 ? (
        <Notice>The catalogue lists no risk of this kind.</Notice>
      ) : (
        <Lines label="Risks of shadow AI">
          {risks.map(({ risk, title, status, words, residual }) => (
            <Line key={risk} head={<h3>{title}</h3>}>
              <StatusMark status={status} />
              <p className="muted">{words}</p>
              <p>{residual}</p>
            </Line>
          ))}
        </Lines>
      )}
    </Card>
  );
}

import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card, Facts } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Line, Lines, SourceLinks } from '../../ui/lines.tsx';
import { Notice } from '../../ui/states.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { OrganizationForm } from '../devices/organization-form.tsx';
import { CheckCard } from './check-card.tsx';
import { Devices } from './devices.tsx';
import { networkRoute } from './routes.tsx';
import { TestDialog } from './test-dialog.tsx';
import { WayCard } from './way-card.tsx';
import { type Network, shownBy } from './words.ts';

/** How the network and managed browsers block other Claude organizations: what to set up, where, and the evidence. */
export function NetworkPage() {
  const { slug } = useClientHere();
  const { way, organization } = networkRoute.useSearch();
  const navigate = networkRoute.useNavigate();
  const load = useQuery({
    ...api.network.show.queryOptions({
      input: { client: slug, ...(organization === undefined ? {} : { organization }) },
    }),
    placeholderData: keepPreviousData,
  });
  return (
    <OverviewPage<Network>
      title="Network controls"
      permission="charter.read"
      load={load}
      meta={metaOf}
      main={(data) => (
        <>
          <Licensed licensed={data.licensed} proofs={data.proofs} />
          {data.question === null && organization === undefined ? null : (
            <OrganizationForm
              known={data.question === null}
              asked={organization ?? ''}
              onAsk={(id) =>
                void navigate({ search: (was) => ({ ...was, organization: id }), replace: true })
              }
            />
          )}
          <ProofCard slug={slug} data={data} />
          <WayCard slug={slug} data={data} chosen={way} organization={organization} />
          <CheckCard slug={slug} organization={organization} />
          <HeaderCard data={data} />
        </>
      )}
    />
  );
}

function metaOf({ charter: { number, restriction, block } }: Network): string {
  const other =
    restriction === null
      ? 'does not say whether other Claude organizations are refused'
      : restriction
        ? 'refuses other Claude organizations'
        : 'does not refuse other Claude organizations';
  return number === null
    ? 'There is no charter in force, so it has not been decided whether other Claude organizations are refused.'
    : `Charter version ${number} ${other}${block === true ? ' and blocks Claude on the network' : ''}.`;
}

/** Whether Claude honors the header on this plan at all; everything else depends on it. */
function Licensed({ licensed: { has, words, instead }, proofs }: Pick<Network, 'licensed' | 'proofs'>) {
  if (has === 'yes') return null;
  // A control that is not licensed already explains why and what remains, so do not repeat it.
  const said = has === 'no' && proofs.some(({ state }) => state === 'not_licensed');
  return (
    <Notice mark={has === 'no' ? 'fail' : 'cannot_read'}>
      {has === 'no'
        ? 'On this plan, Claude ignores the header that names the allowed organizations, so no gateway or browser setting can refuse personal accounts.'
        : 'It is not known whether Claude honors the header on this plan.'}{' '}
      {said ? null : `${words} ${instead ?? ''}`}
    </Notice>
  );
}

/** The verdicts of the controls. Only a test from a managed device or network makes one pass, never a configuration. */
function ProofCard({ slug, data }: { slug: string; data: Network }) {
  const mayRecord = useMay('attestations.write');
  const [trying, setTrying] = useState(false);
  return (
    <Card
      title="Proof"
      foot="A configuration proves nothing. Only a test from a managed device counts: a personal account is refused, and your organization’s account works. A test is either signed by an enrolled device or rests on the word of the person who records it."
      flush
    >
      <Lines label="Controls decided by a test">
        {data.proofs.map(({ control, title, state, reason }) => (
          <Line
            key={control}
            head={state === null ? <span className="muted">Not decided</span> : <VerdictMark state={state} />}
          >
            <h3>
              <Link to="/c/$client/controls/$control" params={{ client: slug, control }}>
                {title}
              </Link>
            </h3>
            {reason === null ? null : <p className="muted">{reason}</p>}
          </Line>
        ))}
      </Lines>
      <Stack inset="tall">
        <h3>Tests from managed devices</h3>
        {data.probes.length === 0 ? (
          <p className="muted measure">
            None has been recorded. On a managed device, run the command below with an API key from your
            organization in BYLAW_PROBE_KEY and one from another organization in BYLAW_PROBE_OTHER_KEY. It
            asks Claude for three one-token messages.
          </p>
        ) : (
          <Stack as="ul" gap="2xs">
            {data.probes.map((probe) => (
              <li key={probe.id}>
                <VerdictMark state={shownBy(probe).state}>{shownBy(probe).words}</VerdictMark>{' '}
                <span className="muted">
                  {probe.place},{' '}
                  {probe.provider === null
                    ? ''
                    : `with a personal account of ${probe.provider} in ${probe.app === 'desktop' ? 'the desktop app' : 'the browser'}, `}
                  {probe.device === null
                    ? `on the word of ${probe.person}`
                    : `signed by the device ${probe.device.name}`}
                  , <When at={probe.at} inline />
                </span>
                {probe.headerHere === true ? (
                  <p>
                    <VerdictMark state="fail">The header also goes to other hosts</VerdictMark>{' '}
                    <span className="muted">
                      It arrived at Bylaw, or at the host that the test asked. Have it sent only to Claude’s
                      hosts.
                    </span>
                  </p>
                ) : null}
                {(probe.certificates ?? []).map(({ host, issuer, isPublic }) => (
                  <p key={host} className="muted">
                    {isPublic === false
                      ? `TLS to ${host} is inspected by ${issuer}, which can read what is sent there.`
                      : isPublic === true
                        ? `TLS to ${host} is not inspected: ${issuer}, a public authority, vouches for it.`
                        : `${issuer} vouches for ${host}. If that is your gateway, it can read what is sent there.`}
                  </p>
                ))}
              </li>
            ))}
          </Stack>
        )}
        {mayRecord ? (
          <Row>
            <Button onClick={() => setTrying(true)}>Record a test with a personal account</Button>
          </Row>
        ) : null}
        {trying ? <TestDialog slug={slug} refused={data.refused} onClose={() => setTrying(false)} /> : null}
        <CopyValue value={`bylaw probe ${slug} --place "Head office, managed laptop"`} name="the command" />
        <Devices slug={slug} devices={data.devices} />
        {data.charter.block === true ? (
          <>
            <p className="muted measure">
              The block is tested from both sides: on the guest network, where no Claude host may be
              reachable, and on a managed device, which has to get through.
            </p>
            <CopyValue
              value={`bylaw probe ${slug} --block guest --place "Guest Wi-Fi"`}
              name="the command for the guest network"
            />
            <CopyValue
              value={`bylaw probe ${slug} --block managed --place "Head office, managed laptop"`}
              name="the command for a managed device"
            />
          </>
        ) : null}
      </Stack>
    </Card>
  );
}

function HeaderCard({ data }: { data: Network }) {
  return (
    <Card title="What Claude has to receive">
      <Stack>
        <Facts
          facts={[
            ['Header', <CopyValue key="header" value={data.header} name="the header" />],
            [
              'On requests to',
              <span key="hosts" className="mono wraps">
                {data.hosts.join(', ')}
              </span>,
            ],
            [
              'Allowed',
              data.organizations.length === 0 ? (
                'Not known yet'
              ) : (
                <span key="ids" className="mono wraps">
                  {data.organizations.join(', ')}
                </span>
              ),
            ],
            ['A refused person sees', `“${data.refused}”`],
          ]}
        />
        <div>
          <h3>What none of these covers</h3>
          <Stack as="ul" gap="2xs" bullets className="measure">
            {data.caveats.map((caveat) => (
              <li key={caveat}>{caveat}</li>
            ))}
          </Stack>
        </div>
        <SourceLinks sources={data.sources} />
      </Stack>
    </Card>
  );
}

import { useQuery } from '@tanstack/react-query';
import { count, dayWords, shortId } from '../../../../src/domain/text/words.ts';
import { api, type client } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import type { VerdictState } from '../../theme/tokens.ts';
import { Card } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Fold, Line, Lines } from '../../ui/lines.tsx';
import { Notice } from '../../ui/states.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { ConnectorTabs } from '../connectors/connector-tabs.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import { AppsCard } from './apps-card.tsx';
import { ConsentsCard } from './consents-card.tsx';
import { GrantsCard } from './grants-card.tsx';
import { LinkersCard } from './linkers-card.tsx';
import { microsoftConnectorRoute } from './routes.tsx';
import { RemovalsCard, ScopesCard } from './scopes-cards.tsx';

export type Connector = Awaited<ReturnType<typeof client.microsoftConnector.show>>;

/** The Microsoft 365 connector: its requirements and their status, its applications, and what it may read and do. */
export function MicrosoftConnectorPage() {
  const { slug } = useClientHere();
  const mayImport = useMay('imports.any_kind');
  const { draft } = microsoftConnectorRoute.useSearch();
  const load = useQuery(
    api.microsoftConnector.show.queryOptions({
      input: { client: slug, ...(draft === undefined ? {} : { draft }) },
    }),
  );
  return (
    <OverviewPage<Connector>
      title="Microsoft 365 connector"
      permission="charter.read"
      load={load}
      meta={(data) =>
        `${status(data)} ${data.observed.on === null ? 'Entra has not been read' : `Entra as read on ${dayWords(data.observed.on)}`}. ${data.charter}.`
      }
      actions={mayImport ? <LinkButton href={`/c/${slug}/imports`}>Import Graph files</LinkButton> : null}
      tabs={<ConnectorTabs />}
      main={(data) => (
        <>
          {data.observed.why === null ? null : (
            <Notice mark="cannot_read">
              {data.observed.why} {data.observed.howToGet}
            </Notice>
          )}
          <Requirements slug={slug} data={data} />
          <RemovalsCard data={data} />
          <AppsCard slug={slug} data={data} />
          <GrantsCard slug={slug} data={data} />
          <LinkersCard data={data} />
          <ScopesCard data={data} />
          <ConsentsCard data={data} />
          <Card title="IP addresses the connector connects from">
            <Stack gap="sm">
              <p className="measure">
                Exclude this range from policies on location and sign-in frequency, and do not mark it as
                trusted. Keep it included in policies on devices.
              </p>
              <CopyValue value={data.egress} name="the range" />
            </Stack>
          </Card>
        </>
      )}
    />
  );
}

type Requirement = Connector['requirements'][number];

/** States that need no action. */
const NO_ACTION_STATES: readonly (VerdictState | null)[] = ['pass', 'accepted', 'not_applicable'];

function isOpen({ controls }: Requirement): boolean {
  return controls.some(({ state }) => !NO_ACTION_STATES.includes(state));
}

function status({ requirements }: Connector): string {
  const open = requirements.filter(isOpen).length;
  return open === 0
    ? 'All requirements are met.'
    : `${open} of ${count(requirements.length, 'requirement')} not met.`;
}

/** Open requirements first; those that are met are collapsed. */
function Requirements({ slug, data: { requirements } }: { slug: string; data: Connector }) {
  const open = requirements.filter(isOpen);
  const met = requirements.filter((one) => !isOpen(one));
  return (
    <Card title="What it needs" aside={`${met.length} of ${requirements.length} met`} flush>
      {open.length === 0 ? null : (
        <RequirementLines label="What the connector needs" slug={slug} list={open} />
      )}
      {met.length === 0 ? null : (
        <div className="pad">
          <Fold summary={`${met.length} met`} open={open.length === 0}>
            <RequirementLines label="Requirements that are met" slug={slug} list={met} />
          </Fold>
        </div>
      )}
    </Card>
  );
}

function RequirementLines(props: { label: string; slug: string; list: readonly Requirement[] }) {
  return (
    <Lines label={props.label} head="40%">
      {props.list.map((one) => (
        <Line
          key={one.id}
          head={
            <>
              <h3>{one.title}</h3>
              <p className="muted">{one.what}</p>
            </>
          }
        >
          {one.controls.map((control) => (
            <div key={control.id}>
              <Row gap="md">
                {control.state === null ? (
                  <span className="muted">Not decided</span>
                ) : (
                  <VerdictMark state={control.state} />
                )}
                <AppLink href={`/c/${props.slug}/controls/${control.id.replace(/^CLA-/, '')}`}>
                  {shortId(control.id)}
                </AppLink>
              </Row>
              <p>{control.reason ?? control.title}</p>
            </div>
          ))}
        </Line>
      ))}
    </Lines>
  );
}

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { count, dayWords, shortId } from '../../../../src/domain/text/words.ts';
import { api, type client } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card, Facts } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Columns, Row, Stack } from '../../ui/layout.tsx';
import { Fold, Line, Lines, SourceLinks } from '../../ui/lines.tsx';
import { Notice } from '../../ui/states.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { ConnectorTabs } from '../connectors/connector-tabs.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';

type Ams = Awaited<ReturnType<typeof client.ams.show>>;
type Method = Ams['methods'][number];

/** The three ways for Claude to reach the membership system, what each needs, and the status of the chosen ones. */
export function AmsPage() {
  const { slug } = useClientHere();
  const load = useQuery(api.ams.show.queryOptions({ input: { client: slug } }));
  return (
    <OverviewPage<Ams>
      title="Membership system"
      permission="charter.read"
      load={load}
      meta={(data) => metaOf(data)}
      tabs={<ConnectorTabs />}
      actions={(data) =>
        data.may.edit ? (
          <LinkButton href={`/c/${slug}/charter`} variant={data.decided ? 'default' : 'filled'}>
            Decide in the charter
          </LinkButton>
        ) : null
      }
      main={(data) => {
        const chosen = data.methods.filter((one) => one.chosen === true);
        const others = data.methods.filter((one) => one.chosen !== true);
        return (
          <>
            {data.decided ? null : (
              <Notice mark="cannot_read">
                {data.charter === null
                  ? 'There is no charter yet.'
                  : `Charter version ${data.charter} does not say how Claude reaches the membership system.`}{' '}
                Choose one or more of these ways there, or none. Until then, Bylaw cannot say whether the way
                in use is approved.
              </Notice>
            )}
            {data.none ? (
              <Notice>
                According to the charter, Claude does not reach {data.name}. The options are listed in case
                that changes.
              </Notice>
            ) : null}
            {chosen.map((method) => (
              <MethodCard
                key={method.id}
                slug={slug}
                method={method}
                prepare={data.prepare}
                chats={data.chatRetentionDays}
              />
            ))}
            {others.length === 0 ? null : (
              <Columns min="22rem" gap="lg">
                {others.map((method) => (
                  <MethodCard
                    key={method.id}
                    slug={slug}
                    method={method}
                    prepare={data.prepare}
                    chats={data.chatRetentionDays}
                  />
                ))}
              </Columns>
            )}
            <Card
              title="IP addresses Claude connects from"
              foot={<SourceLinks sources={data.egress.sources} />}
            >
              <Stack gap="sm">
                <p className="measure">
                  Your own server has to accept these, whatever device someone is using. If it is on a private
                  network, the firewall should allow these and nothing wider.
                </p>
                <Row as="ul">
                  {data.egress.now.map((range) => (
                    <li key={range}>
                      <CopyValue value={range} name="the range" />
                    </li>
                  ))}
                </Row>
                {data.egress.retired.length === 0 ? null : (
                  <p className="muted">
                    No longer used; remove them from firewalls:{' '}
                    <span className="mono">{data.egress.retired.join(', ')}</span>
                  </p>
                )}
              </Stack>
            </Card>
          </>
        );
      }}
    />
  );
}

function metaOf({ name, decided, none, methods, asOf }: Ams): string {
  const of = `Ways as of ${dayWords(asOf)}.`;
  if (!decided) return `How Claude reaches the membership system. Not decided yet. ${of}`;
  const chosen = methods.filter((one) => one.chosen === true).map(({ title }) => title);
  return `How Claude reaches ${name}. ${none || chosen.length === 0 ? 'Decided: it does not.' : `Decided: ${chosen.join('; ')}.`} ${of}`;
}

interface MethodProps {
  readonly slug: string;
  readonly method: Method;
  readonly prepare: string;
  readonly chats: number | null;
}

function MethodCard({ slug, method, prepare, chats }: MethodProps) {
  const { chosen, needs } = method;
  const list = (
    <Lines label={`What it needs: ${method.title}`} head="9rem">
      {needs.map((need) => (
        <NeedLine key={need.id} slug={slug} need={need} />
      ))}
    </Lines>
  );
  return (
    <Card
      title={method.title}
      aside={chosen === true ? 'Chosen in the charter' : chosen === false ? 'Not chosen' : 'Not decided'}
      foot={<SourceLinks sources={method.sources} />}
    >
      <Stack gap="sm">
        <p className="measure">{method.means}</p>
        <p className="measure">
          <strong>Fits:</strong> {method.fits}
        </p>
        <p className="measure">
          <strong>Drawbacks:</strong> {method.against}
        </p>
        {method.agent === null ? null : (
          <Facts
            facts={[
              ['AWS account', method.agent.account],
              ['Agent', method.agent.name],
              ['May', method.agent.scopes],
              ['Can only read', method.agent.readOnly ? 'Yes' : 'No'],
              ['Reviewed', dayWords(method.agent.reviewed)],
              ['Record', 'In AWS. None of Claude’s logs show what it does.'],
            ]}
          />
        )}
        {method.id === 'manual_upload' ? <Prepare slug={slug} address={prepare} chats={chats} /> : null}
        {chosen === true ? (
          <>
            <h3>What it needs</h3>
            {list}
          </>
        ) : (
          <Fold summary={`What it would need: ${count(needs.length, 'thing')}`}>{list}</Fold>
        )}
      </Stack>
    </Card>
  );
}

function Prepare({ slug, address, chats }: { slug: string; address: string; chats: number | null }) {
  const mayPrepare = useMay('requests.ask');
  return (
    <Stack gap="sm" ruled>
      <p className="measure">
        <strong>The page that prepares exports</strong> removes member columns from a CSV or Excel file right
        in the browser; the file is not sent anywhere. No sign-in is needed, so you can share the address with
        all staff. A second page checks any file or text for member data, financial data and passwords in the
        same way. If you are signed in, you can prepare an export on record: the audit log shows who did it.
      </p>
      <p className="measure">
        <strong>Chats are kept:</strong>{' '}
        {chats === null
          ? 'the charter does not say how long.'
          : chats === 0
            ? 'without limit, according to the charter.'
            : `${count(chats, 'day')}, according to the charter.`}{' '}
        What is uploaded stays with its conversation.
      </p>
      <Row>
        <CopyValue value={address} name="the address" />
        {mayPrepare ? <LinkButton href={`/c/${slug}/prepare`}>Prepare an export on record</LinkButton> : null}
        <Button component="a" href="/prepare" target="_blank" rel="noreferrer">
          Prepare an export
        </Button>
        <Button component="a" href="/check" target="_blank" rel="noreferrer">
          Check a file
        </Button>
      </Row>
    </Stack>
  );
}

function NeedLine({ slug, need }: { slug: string; need: Method['needs'][number] }) {
  return (
    <Line
      head={
        need.state === null ? (
          <span className="muted">{need.control === null ? 'By people' : 'Asked once it is chosen'}</span>
        ) : (
          <VerdictMark state={need.state} />
        )
      }
    >
      <h4>{need.title}</h4>
      {need.reason === null ? null : <p>{need.reason}</p>}
      <p className="muted">{need.how}</p>
      {need.control === null ? null : (
        <p>
          <AppLink href={`/c/${slug}/controls/${need.control.replace(/^CLA-/, '')}`}>
            {shortId(need.control)}
          </AppLink>
        </p>
      )}
    </Line>
  );
}

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api, type client } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { Page } from '../../ui/templates/page.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { ConnectorTabs } from '../connectors/connector-tabs.tsx';
import { AppLink, LinkButton } from '../controls/link-button.tsx';
import classes from './ams.module.css';

type Ams = Awaited<ReturnType<typeof client.ams.show>>;
type Method = Ams['methods'][number];

/** How Claude reaches the membership system: three ways, what each needs, and how that stands for the chosen ones. */
export function AmsPage() {
  const { slug } = useClientHere();
  const load = useQuery(api.ams.show.queryOptions({ input: { client: slug } }));
  return (
    <Page<Ams>
      title="Membership system"
      permission="charter.read"
      load={load}
      className={classes.body}
      meta={(data) => metaOf(data)}
      actions={(data) =>
        data.may.edit ? (
          <LinkButton href={`/c/${slug}/charter`} variant={data.decided ? 'default' : 'filled'}>
            Decide in the charter
          </LinkButton>
        ) : null
      }
    >
      {(data) => (
        <>
          <ConnectorTabs />
          {data.decided ? null : (
            <Notice mark="cannot_read">
              {data.charter === null
                ? 'There is no charter yet'
                : `Charter version ${data.charter} does not say`}
              {data.charter === null ? '. Write' : ' how Claude reaches the membership system. Write'} one or
              more of these ways, or that there is none, under ams in the charter. Until then Bylaw cannot say
              whether the way in use is approved.
            </Notice>
          )}
          {data.none ? (
            <Notice>
              According to the charter, Claude does not reach {data.name}. The ways are listed in case that
              changes.
            </Notice>
          ) : null}
          {data.methods.map((method) => (
            <MethodCard key={method.id} slug={slug} method={method} prepare={data.prepare} />
          ))}
          <Card title="Addresses that Claude calls from" foot={<Sources sources={data.egress.sources} />}>
            <Stack as="p" gap="xs" className="measure">
              Your own server has to accept these, whatever device someone works on. If it is on a private
              network, the firewall should let in these and nothing wider.
            </Stack>
            <ul className={classes.addresses}>
              {data.egress.now.map((range) => (
                <li key={range}>
                  <CopyValue value={range} name="the range" />
                </li>
              ))}
            </ul>
            {data.egress.retired.length === 0 ? null : (
              <p className="muted">
                No longer used; remove them from firewalls:{' '}
                <span className="mono">{data.egress.retired.join(', ')}</span>
              </p>
            )}
          </Card>
        </>
      )}
    </Page>
  );
}

function metaOf({ name, decided, none, methods, asOf }: Ams): string {
  const of = `Ways as of ${dayWords(asOf)}.`;
  if (!decided) return `How Claude reaches the membership system. Not decided yet. ${of}`;
  const chosen = methods.filter((one) => one.chosen === true).map(({ title }) => title);
  return `How Claude reaches ${name}. ${none || chosen.length === 0 ? 'Decided: not at all.' : `Decided: ${chosen.join('; ')}.`} ${of}`;
}

function MethodCard({ slug, method, prepare }: { slug: string; method: Method; prepare: string }) {
  return (
    <Card
      title={method.title}
      aside={
        method.chosen === true
          ? 'Chosen in the charter'
          : method.chosen === false
            ? 'Not chosen'
            : 'Not decided'
      }
      foot={<Sources sources={method.sources} />}
    >
      <Stack gap="xs" className="measure">
        <p>{method.means}</p>
        <p>
          <strong>Fits:</strong> {method.fits}
        </p>
        <p>
          <strong>Against it:</strong> {method.against}
        </p>
      </Stack>
      {method.id === 'manual_upload' ? (
        <div className={classes.prepare}>
          <div>
            <h3>The page that prepares exports</h3>
            <p className="muted">
              It removes member columns from a CSV or Excel file right in the browser: the file is not sent
              anywhere. No sign-in is needed, so you can share its address with all staff.
            </p>
            <CopyValue value={prepare} name="the address" />
          </div>
          <Button component="a" href="/prepare" target="_blank" rel="noreferrer">
            Prepare an export
          </Button>
        </div>
      ) : null}
      <h3 className={classes.needs}>What it needs</h3>
      <Stack as="ul" gap="none" aria-label={`What it needs: ${method.title}`}>
        {method.needs.map((need) => (
          <li key={need.id} className={classes.need}>
            <div>
              {need.state === null ? (
                <span className="muted">{need.control === null ? 'By people' : 'Asked once chosen'}</span>
              ) : (
                <VerdictMark state={need.state} />
              )}
            </div>
            <Stack gap="xs" className="measure">
              <h4>{need.title}</h4>
              {need.reason === null ? null : <p>{need.reason}</p>}
              <p className="muted">{need.how}</p>
              {need.control === null ? null : (
                <p>
                  <AppLink href={`/c/${slug}/controls/${need.control.replace(/^CLA-/, '')}`}>
                    {need.control}
                  </AppLink>
                </p>
              )}
            </Stack>
          </li>
        ))}
      </Stack>
    </Card>
  );
}

function Sources({ sources }: { sources: Method['sources'] }) {
  return (
    <span className={classes.sources}>
      {sources.map(({ title, url, read }) => (
        <a key={url} href={url} target="_blank" rel="noreferrer">
          {title}, {dayWords(read)}
        </a>
      ))}
    </span>
  );
}

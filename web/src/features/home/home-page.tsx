import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api } from '../../api.ts';
import { useClientHere, useMay, useSession } from '../../session.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/states.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { TextOpenings } from '../activity/text-openings.tsx';
import { Answer } from '../charter/answer.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { DeploymentLine } from '../deployment/home-line.tsx';
import { Changed } from './changed.tsx';
import { DoNow, DueWork } from './do-now.tsx';
import { KeyCapabilities } from './key-capabilities.tsx';
import { NextStep } from './next-step.tsx';
import { homeRoute } from './routes.tsx';
import { Status } from './status.tsx';
import { WhereToStart } from './where-to-start.tsx';
import type { Home } from './words.ts';

/** A client's home page: what to do now, what changed since the last visit, and the current state. */
export function HomePage() {
  const { slug, name } = useClientHere();
  const { all, answer } = homeRoute.useSearch();
  const navigate = homeRoute.useNavigate();
  const mayImport = useMay('imports.write');
  const mayReport = useMay('reports.read');
  const mayRemove = useMay('client.remove');
  const mayAdd = useSession().may('clients.create', null);
  const load = useQuery(api.home.get.queryOptions({ input: { client: slug } }));
  return (
    <>
      <OverviewPage
        title={name}
        permission="client.read"
        load={load}
        meta={(data: Home) => metaWords(data)}
        actions={(data: Home) => (
          <>
            {mayReport ? (
              <LinkButton href={`/c/${slug}/reports?new=yes`} leftSection={<Icon name="print" />}>
                Board report
              </LinkButton>
            ) : null}
            {mayImport ? (
              <LinkButton
                href={`/c/${slug}/imports`}
                leftSection={<Icon name="imports" />}
                variant={data.doNow?.length === 0 ? 'filled' : 'default'}
              >
                Import files
              </LinkButton>
            ) : null}
          </>
        )}
        main={(data: Home) => (
          <>
            {data.client.sandbox ? (
              <Notice>
                This is the sandbox: a fictional association where you can try everything.
                {mayAdd ? (
                  <>
                    {' '}
                    <Link to="/clients/new">Add your own client</Link> whenever you like.
                  </>
                ) : null}
                {mayRemove ? (
                  <>
                    {' '}
                    <Link to="/c/$client/settings" params={{ client: slug }}>
                      Remove the sandbox
                    </Link>
                  </>
                ) : null}
              </Notice>
            ) : null}
            <TextOpenings slug={slug} />
            <DeploymentLine slug={slug} />
            {data.doNow === null ? (
              <WhereToStart />
            ) : (
              <DoNow slug={slug} tasks={data.doNow} all={all === 'do'} />
            )}
            <NextStep slug={slug} lead="link" />
            <DueWork slug={slug} work={data.work} all={all === 'work'} />
            {data.changes === null ? null : (
              <Changed slug={slug} changes={data.changes} all={all === 'changes'} />
            )}
          </>
        )}
        side={(data: Home) =>
          data.status === null ? null : (
            <>
              <Status slug={slug} status={data.status} />
              {data.keyCapabilities === null || data.keyCapabilities.length === 0 ? null : (
                <KeyCapabilities slug={slug} tiles={data.keyCapabilities} />
              )}
            </>
          )
        }
      />
      <Answer
        ids={answer}
        onClose={() => void navigate({ search: (was) => ({ ...was, answer: undefined }) })}
      />
    </>
  );
}

/** "Claude Team, 64 of 70 seats · Microsoft 365 Business Premium · Charter v6, in force since Sep 14, 2026" */
function metaWords({ client }: Home): string {
  const { used, bought } = client.seats;
  const seats =
    used === null
      ? bought === null
        ? 'seats not known'
        : `${bought} seats bought, how many are used is not known`
      : bought === null
        ? `${used} seats used`
        : `${used} of ${bought} seats`;
  const { charter } = client;
  const version = charter?.version == null ? 'Charter' : `Charter v${charter.version}`;
  return [
    `${client.plan}, ${seats}`,
    client.m365,
    charter === null
      ? 'No charter'
      : charter.inForceSince === null
        ? version
        : `${version}, in force since ${dayWords(charter.inForceSince)}`,
  ].join(' · ');
}

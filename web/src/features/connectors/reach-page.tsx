import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { api, type client } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Stack } from '../../ui/layout.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { LinkButton } from '../controls/link-button.tsx';
import { ConnectorTabs } from './connector-tabs.tsx';
import classes from './reach.module.css';
import { connectorReachRoute } from './routes.tsx';

type Reach = Awaited<ReturnType<typeof client.connectors.reach>>;

/** One page to print: how access works, what Claude reaches, what it cannot reach, and what cannot be determined. */
export function ReachPage() {
  const { slug } = useClientHere();
  const search = connectorReachRoute.useSearch();
  const audience = search.for ?? 'leadership';
  const load = useQuery({
    ...api.connectors.reach.queryOptions({ input: { client: slug, audience } }),
    placeholderData: keepPreviousData,
  });
  return (
    <OverviewPage<Reach>
      title="What Claude can reach"
      permission="charter.read"
      load={load}
      tabs={<ConnectorTabs />}
      meta={(all) =>
        `For ${all.audience === 'staff' ? 'staff' : 'leadership'} of ${all.name}, ${dayWords(all.today)}.`
      }
      actions={
        <>
          <LinkButton href={`/c/${slug}/connectors/reach${audience === 'staff' ? '' : '?for=staff'}`}>
            {audience === 'staff' ? 'For leadership' : 'For staff'}
          </LinkButton>
          <Button variant="filled" className="screen-only" onClick={() => window.print()}>
            Print
          </Button>
        </>
      }
      main={(all) => (
        <div className={classes.page}>
          {all.none === null ? <Systems all={all} /> : <p className={classes.none}>{all.none}</p>}
          <section>
            <h2>How access works</h2>
            <ol className={classes.gates}>
              {all.gates.map(({ title, words }) => (
                <li key={title}>
                  <strong>{title}.</strong> {words}
                </li>
              ))}
            </ol>
          </section>
          <section>
            <h2>What needs no connector</h2>
            <Stack as="ul" gap="2xs" bullets>
              {all.around.map((words) => (
                <li key={words}>{words}</li>
              ))}
            </Stack>
          </section>
          {all.audience === 'staff' ? (
            <p className="muted">{settingsOn(all.asOf)}</p>
          ) : (
            <section>
              <h2>What this is based on</h2>
              <p>{restsOn(all.asOf)}</p>
            </section>
          )}
        </div>
      )}
    />
  );
}

function Systems({ all }: { all: Reach }) {
  const staff = all.audience === 'staff';
  return (
    <>
      <Part
        title={staff ? 'What Claude can do for you' : 'What Claude reaches here'}
        nothing={
          staff
            ? 'Nothing is known to be available to you. Ask IT before you rely on a connector.'
            : 'No imported file proves that Claude reaches a system for anyone. What is available to people who have signed in is listed next.'
        }
        list={all.reaches}
      />
      {staff || all.open.length === 0 ? null : (
        <Part
          title="Allowed, but it is not known who has signed in"
          nothing=""
          list={all.open}
          after="The organization allows this. Anyone who has signed in can reach it."
        />
      )}
      <Part
        title="What Claude cannot reach"
        nothing="No imported file proves that Claude cannot reach a system."
        list={all.cannot}
      />
      {staff && all.unknown.length === 0 ? null : (
        <section>
          <h2>{staff ? 'What is not known' : 'What is not known, and how to find out'}</h2>
          {all.unknown.length === 0 ? (
            <p>Every setting on this page was read.</p>
          ) : (
            <dl className={classes.systems}>
              {[...Map.groupBy(all.unknown, ({ systems }) => systems.join(', '))].map(([systems, some]) => (
                <div key={systems}>
                  <dt>{systems === '' ? 'Every system' : systems}</dt>
                  {some.map((one) => (
                    <dd key={one.words}>
                      <p>{one.words}</p>
                      <HowTo words={one.howTo} />
                    </dd>
                  ))}
                </div>
              ))}
            </dl>
          )}
        </section>
      )}
    </>
  );
}

interface PartProps {
  readonly title: string;
  readonly nothing: string;
  readonly after?: string;
  readonly list: readonly {
    readonly id: string;
    readonly name: string;
    readonly lines: readonly string[];
  }[];
}

function Part({ title, nothing, after, list }: PartProps) {
  return (
    <section>
      <h2>{title}</h2>
      {after === undefined ? null : <p className={classes.after}>{after}</p>}
      {list.length === 0 ? (
        <p>{nothing}</p>
      ) : (
        <dl className={classes.systems}>
          {list.map((one) => (
            <div key={one.id}>
              <dt>{one.name}</dt>
              <dd>
                {one.lines.map((line) => (
                  <p key={line}>{line}</p>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

function HowTo({ words }: { words: string | null }) {
  return words === null ? null : (
    <p className="muted">
      <strong>How to find out:</strong> {words}
    </p>
  );
}

/** "As of Nov 24, 2026: members file, connectors table. Not read: list of Entra users." */
function restsOn(all: Reach['asOf']): string {
  const days = Map.groupBy(
    all.filter(({ on }) => on !== null),
    ({ on }) => on ?? '',
  );
  const missing = all.filter(({ on }) => on === null).map(({ label }) => label);
  return [
    ...[...days]
      .sort(([one], [other]) => (one < other ? 1 : -1))
      .map(([on, list]) => `As of ${dayWords(on)}: ${list.map(({ label }) => label).join(', ')}.`),
    ...(missing.length > 0 ? [`Not available: ${missing.join(', ')}.`] : []),
  ].join(' ');
}

function settingsOn(all: Reach['asOf']): string {
  const on = all.find(({ kind }) => kind === 'connectors')?.on ?? null;
  return on === null
    ? 'What is set in Claude has not been read recently.'
    : `What is set in Claude was read on ${dayWords(on)}.`;
}

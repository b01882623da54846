import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { SOURCE_WORDS, wordsIn } from '../../../../src/domain/activity/words.ts';
import { api } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { EffectBar } from '../../ui/charts/effect-bar.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { When } from '../../ui/when.tsx';
import { EffectMark } from '../activity/effect-mark.tsx';
import { blindFoot, feet } from './blind-foot.tsx';
import { duplicatesNote } from './duplicates-note.tsx';
import { usageRoute } from './routes.tsx';
import classes from './usage.module.css';
import { VendorConnectors } from './vendor-figures.tsx';
import { type Range, type Usage, type Vendor, whole } from './words.ts';

interface ConnectorsCardProps {
  slug: string;
  usage: Usage;
  range: Range;
  vendor: Vendor | undefined;
}

/** What Claude did in each system: reads and writes on one scale, and who did it once a system is opened. */
export function ConnectorsCard({ slug, usage, range, vendor }: ConnectorsCardProps) {
  const { connector } = usageRoute.useSearch();
  const max = Math.max(0, ...usage.connectors.map(({ calls }) => calls));
  const open = usage.connectors.find(({ id }) => id !== null && id === connector);
  return (
    <div className={classes.across}>
      <Card
        title="What did Claude do in our systems?"
        aside="Calls, whole range"
        flush
        foot={feet(duplicatesNote(usage, 'tool_call'), blindFoot(usage, 'connectors'))}
      >
        {usage.connectors.length === 0 ? (
          <p className={classes.inset}>No source reported a call in this period.</p>
        ) : (
          <>
            <p className={classes.legend}>
              <EffectMark effect="read" /> <EffectMark effect="write" /> <EffectMark effect="unknown" />
              <span className="muted">One scale, 0 to {whole(max)}</span>
            </p>
            <PlainTable
              label="Connectors"
              figures
              rows={usage.connectors}
              rowId={(row) => row.id ?? ''}
              columns={[
                {
                  head: 'Connector',
                  cell: (row) => (
                    <>
                      {row.id === null ? (
                        row.name
                      ) : (
                        <Link
                          from="/c/$client/usage"
                          to="."
                          search={(was) => ({
                            ...was,
                            connector: row.id === connector ? undefined : (row.id ?? undefined),
                          })}
                          resetScroll={false}
                          aria-expanded={row.id === connector}
                        >
                          {row.name}
                        </Link>
                      )}
                      {row.inCharter === false ? (
                        <span className="second">
                          <VerdictMark state="fail">Not in the charter</VerdictMark>
                        </span>
                      ) : null}
                      <span className="second">
                        {row.sources.map((source) => wordsIn(SOURCE_WORDS, source)).join(', ')}
                      </span>
                      {row.notCounted === 0 ? null : (
                        <span className="second">
                          {whole(row.notCounted)} more not counted: another source reports the same use
                        </span>
                      )}
                    </>
                  ),
                },
                { head: 'Share', wide: true, cell: (row) => <EffectBar effects={row.effects} max={max} /> },
                { head: 'Read', cell: (row) => whole(row.effects.read) },
                { head: 'Write', cell: (row) => whole(row.effects.write) },
                { head: 'Administration', cell: (row) => whole(row.effects.admin) },
                { head: 'Not classified', cell: (row) => whole(row.effects.unknown) },
                { head: 'Failed', cell: (row) => whole(row.failed) },
                { head: 'Refused', cell: (row) => whole(row.refused) },
                { head: 'Last', cell: (row) => <When at={row.lastAt} /> },
              ]}
            />
            {open === undefined ? null : (
              <ConnectorPeople slug={slug} connector={open.id ?? ''} name={open.name} range={range} />
            )}
          </>
        )}
        <VendorConnectors slug={slug} vendor={vendor} />
      </Card>
    </div>
  );
}

interface ConnectorPeopleProps {
  slug: string;
  connector: string;
  name: string;
  range: Range;
}

function ConnectorPeople({ slug, connector, name, range }: ConnectorPeopleProps) {
  const load = useQuery({
    ...api.usage.connector.queryOptions({ input: { client: slug, connector, range } }),
    placeholderData: keepPreviousData,
  });
  if (load.data === undefined) return <p className={classes.inset}>Loading …</p>;
  return (
    <section aria-label={`Who used ${name}`}>
      <h3 className={classes.inset}>Who used {name}</h3>
      <PlainTable
        label={`Who used ${name}`}
        figures
        rows={load.data.items}
        rowId={(row) => row.key ?? ''}
        columns={[
          { head: 'Person', cell: (row) => row.name },
          { head: 'Read', cell: (row) => whole(row.effects.read) },
          { head: 'Write', cell: (row) => whole(row.effects.write) },
          { head: 'Administration', cell: (row) => whole(row.effects.admin) },
          { head: 'Not classified', cell: (row) => whole(row.effects.unknown) },
          { head: 'Failed or refused', cell: (row) => whole(row.failed + row.refused) },
          { head: 'Last', cell: (row) => <When at={row.lastAt} /> },
        ]}
      />
    </section>
  );
}

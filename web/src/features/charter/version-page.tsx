import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { count, dayWords, names } from '../../../../src/domain/text/words.ts';
import { addressOf, api, routes } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card, Facts } from '../../ui/card.tsx';
import { Hash } from '../../ui/hash.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Notice } from '../../ui/states.tsx';
import { DetailPage } from '../../ui/templates/detail-page.tsx';
import { When } from '../../ui/when.tsx';
import { ChangesTable, WholeTable } from './changes-table.tsx';
import { DraftPage } from './draft-page.tsx';
import { charterVersionRoute } from './routes.tsx';
import { type Change, isVersion, type Setting, type VersionDetail } from './words.ts';

/** A version by its number, or a draft by its id. */
export function CharterVersionPage() {
  const { version } = charterVersionRoute.useParams();
  return isVersion(version) ? <OneVersion version={version} /> : <DraftPage id={version} />;
}

function OneVersion({ version }: { version: string }) {
  const { slug } = useClientHere();
  const load = useQuery(api.charter.show.queryOptions({ input: { client: slug, version } }));
  return (
    <DetailPage
      title={(data: VersionDetail) => `Charter v${data.number}`}
      permission="charter.read"
      load={load}
      meta={(data) =>
        `${data.state === 'in_force' ? 'In force' : 'Superseded'}${data.inForceSince === null ? '' : `, since ${dayWords(data.inForceSince)}`} · ${
          data.approvedBy === null
            ? 'approval not stated'
            : `approved by ${names(data.approvedBy, 4) || 'no one'}`
        }`
      }
      actions={<PaperActions slug={slug} of={version} />}
      work={(data) => (
        <>
          {data.lapsed.map(({ words }) => (
            <Notice key={words} mark="fail">
              {words}
            </Notice>
          ))}
          <ContentCard
            changes={data.difference.changes}
            settings={data.settings}
            unchanged={data.difference.unchanged}
            heads={[data.before === null ? 'Before' : `v${data.before}`, `v${data.number}`]}
            whole
          />
        </>
      )}
      evidence={(data) => (
        <Card title="This version">
          <Facts
            facts={[
              ['Source', data.from === 'console' ? 'Approval here' : 'An import'],
              ['Stored', <StoredBy key="stored" by={data.stored.by} at={data.stored.at} />],
              ['File', data.file],
              ['Evidence', <Hash key="sha" sha={data.sha256} />],
              ...(data.draft === null
                ? []
                : [
                    [
                      'Draft',
                      <Link
                        key="draft"
                        to="/c/$client/charter/$version"
                        params={{ client: slug, version: data.draft }}
                      >
                        Who drafted and approved it
                      </Link>,
                    ] as const,
                  ]),
            ]}
          />
        </Card>
      )}
    />
  );
}

function StoredBy({ by, at }: { by: string | null; at: string }) {
  return (
    <>
      <When at={at} inline /> {by === null ? '' : `by ${by}`}
    </>
  );
}

/** Download and print, for versions and drafts. */
export function PaperActions({ slug, of }: { slug: string; of: string }) {
  return (
    <>
      <Button
        component="a"
        href={addressOf(routes.charter.yaml, { client: slug, of })}
        download
        leftSection={<Icon name="download" />}
      >
        As a file
      </Button>
      <Button leftSection={<Icon name="print" />} onClick={() => window.print()}>
        Print
      </Button>
    </>
  );
}

/** The changes, or the whole charter; in print the whole charter always follows the changes. */
export function ContentCard({
  changes,
  settings,
  unchanged,
  heads,
  whole = false,
}: {
  changes: readonly Change[];
  settings: readonly Setting[];
  unchanged: number;
  heads: readonly [before: string, after: string];
  /** Shows the whole charter by default. */
  whole?: boolean;
}) {
  const { view } = charterVersionRoute.useSearch();
  const navigate = charterVersionRoute.useNavigate();
  const shown = (view === 'whole') !== whole;
  const table = <WholeTable settings={settings} />;
  return (
    <>
      <Card
        title={shown ? 'Whole charter' : 'Changes'}
        aside={
          <SegmentedControl
            aria-label="What to show"
            size="xs"
            data={[
              { value: 'changes', label: 'Changes only' },
              { value: 'whole', label: 'Whole charter' },
            ]}
            value={shown ? 'whole' : 'changes'}
            onChange={(value) =>
              void navigate({
                search: (was) => ({ ...was, view: (value === 'whole') === whole ? undefined : 'whole' }),
              })
            }
          />
        }
        flush
        foot={
          shown
            ? `${count(settings.length, 'setting')}.`
            : unchanged === 0
              ? undefined
              : `${count(unchanged, 'setting')} ${unchanged === 1 ? 'stays as it is' : 'stay as they are'}.`
        }
      >
        {shown ? (
          table
        ) : changes.length === 0 ? (
          <p className={`muted pad`}>Nothing differs.</p>
        ) : (
          <ChangesTable changes={changes} heads={heads} />
        )}
      </Card>
      {shown ? null : (
        <div className="paper-only">
          <Card title="Whole charter" flush>
            {table}
          </Card>
        </div>
      )}
    </>
  );
}

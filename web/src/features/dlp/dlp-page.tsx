import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { DLP_GROUP_WORDS } from '../../../../src/domain/dlp/words.ts';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { addressOf, api, type client, routes } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { CopyValue } from '../../ui/copy-value.tsx';
import { Row, Stack } from '../../ui/layout.tsx';
import { Fold, SourceLinks } from '../../ui/lines.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';
import { ConnectorTabs } from '../connectors/connector-tabs.tsx';
import { ChannelsCard } from './channels-card.tsx';
import { LabelsCard } from './labels-card.tsx';
import { MemberListCard } from './member-list-card.tsx';
import { OwnPatternsCard } from './own-patterns-card.tsx';
import { dlpRoute } from './routes.tsx';

/** Loaded separately: it is far down the page and brings its own form fields. */
const TuningCard = lazy(async () => ({ default: (await import('./tuning-card.tsx')).TuningCard }));

type Dlp = Awaited<ReturnType<typeof client.dlp.show>>;
type Rule = Dlp['rules'][number];

/** The rules that look for sensitive data in files and texts, used by the check in the browser and for Purview. */
export function DlpPage() {
  const { slug } = useClientHere();
  const { incident } = dlpRoute.useSearch();
  const load = useQuery(api.dlp.show.queryOptions({ input: { client: slug } }));
  return (
    <OverviewPage<Dlp>
      title="Data loss prevention"
      permission="charter.read"
      load={load}
      meta={({ rules, asOf, version }) =>
        `${count(rules.length, 'rule')} as of ${dayWords(asOf)}, version ${version}.`
      }
      tabs={<ConnectorTabs />}
      main={({ rules, channels, upload, check, files, sources }) => {
        const credentials = rules.filter(({ group }) => group === 'credential');
        const others = rules.filter(({ group }) => group !== 'credential');
        return (
          <>
            <Card title="Check a file or text">
              <Stack gap="sm">
                <p className="measure">
                  Staff drop a file or paste text and see what it contains about members, money and passwords
                  before they give it to Claude. It works entirely in the browser: nothing is sent. No sign-in
                  is needed, so you can share the address with all staff.
                </p>
                <Row>
                  <CopyValue value={check} name="the address" />
                  <Button component="a" href="/check" target="_blank" rel="noreferrer">
                    Check a file
                  </Button>
                </Row>
              </Stack>
            </Card>
            <Card title="Check prompts before Claude answers">
              <Stack gap="sm">
                <p className="measure">
                  On Claude Enterprise, the inference hook checks every prompt with the same rules and can
                  refuse it.
                </p>
                <Row>
                  <Button
                    renderRoot={(props) => (
                      <Link to="/c/$client/connectors/inference-hook" params={{ client: slug }} {...props} />
                    )}
                  >
                    Inference hook
                  </Button>
                </Row>
              </Stack>
            </Card>
            <ChannelsCard channels={channels} upload={upload} />
            <Card title="The same rules in Microsoft Purview">
              <Stack gap="sm">
                <ol className="measure">
                  <li>Choose Microsoft’s own types if the table below names one.</li>
                  <li>
                    Download the package and upload it in Security &amp; Compliance PowerShell:{' '}
                    <span className="mono wraps">
                      New-DlpSensitiveInformationTypeRulePackage -FileData
                      ([System.IO.File]::ReadAllBytes('bylaw-sensitive-information-types.xml'))
                    </span>
                  </li>
                  <li>
                    Before you turn the policy on for everyone, upload the test files where it should block
                    them. Their contents are fictional.
                  </li>
                </ol>
                <p className="muted measure">
                  Bylaw cannot see whether the package was uploaded. After a new version of the rules, upload
                  it again with Set-DlpSensitiveInformationTypeRulePackage.
                </p>
                <Row as="ul">
                  {files.map(({ id, name }) => (
                    <li key={id}>
                      <Button
                        component="a"
                        href={addressOf(routes.dlp.file, { client: slug, file: id })}
                        download
                      >
                        {name}
                      </Button>
                    </li>
                  ))}
                </Row>
              </Stack>
            </Card>
            <OwnPatternsCard incident={incident} />
            <LabelsCard />
            <MemberListCard />
            <Suspense fallback={null}>
              <TuningCard rules={rules} />
            </Suspense>
            <Card title="What is looked for" flush foot={<SourceLinks sources={sources} />}>
              <RuleTable label="What is looked for" rules={others} />
            </Card>
            <Fold summary={`Passwords, keys and tokens: ${count(credentials.length, 'rule')}`}>
              <RuleTable label="Passwords, keys and tokens" rules={credentials} />
            </Fold>
          </>
        );
      }}
    />
  );
}

function RuleTable({ label, rules }: { label: string; rules: readonly Rule[] }) {
  return (
    <PlainTable
      label={label}
      rows={rules}
      rowId={({ id }) => id}
      columns={[
        { head: 'What', cell: ({ title }) => title },
        { head: 'Kind', className: 'nowrap', cell: ({ group }) => DLP_GROUP_WORDS[group] },
        { head: 'Recognized by', cell: knownBy },
        {
          head: 'Threshold',
          align: 'end',
          cell: ({ atLeast, lookOnly }) => (lookOnly ? 'Shown, never refused' : atLeast),
        },
        { head: 'In Purview', cell: purviewWords },
      ]}
    />
  );
}

function knownBy({ id, words, alone }: Rule): string {
  if (id === 'known_member') return 'The index of the list';
  const shown = words.slice(0, 4).join(', ');
  const more = words.length > 4 ? `, and ${words.length - 4} more` : '';
  if (words.length === 0) return 'Its format';
  return `${alone === null ? '' : 'Its format, or '}${shown}${more}`;
}

function purviewWords({ purview, builtIn }: Rule): string {
  if (purview === 'built_in') return `Microsoft’s type: ${builtIn ?? ''}`;
  return purview === 'package' ? 'In the package' : 'Not possible in a custom type';
}

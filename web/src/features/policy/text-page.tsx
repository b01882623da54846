import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { addressOf, api, routes } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card, Facts } from '../../ui/card.tsx';
import { Hash } from '../../ui/hash.tsx';
import { Icon } from '../../ui/icon.tsx';
import { DetailPage } from '../../ui/templates/detail-page.tsx';
import { When } from '../../ui/when.tsx';
import { DraftPage } from './draft-page.tsx';
import { Clauses, Differences, LeftOut, PolicyText, Reading } from './parts.tsx';
import { policyVersionRoute } from './routes.tsx';
import { LANGUAGE_WORDS, VERSION_WORDS, type Version } from './words.ts';

/** A version by its number, or a draft by its id. */
export function PolicyTextPage() {
  const { policyVersion: version } = policyVersionRoute.useParams();
  return /^\d{1,6}(\.\d{1,6})?$/u.test(version) ? (
    <OneVersion version={version} />
  ) : (
    <DraftPage id={version} />
  );
}

function OneVersion({ version }: { version: string }) {
  const { slug } = useClientHere();
  const load = useQuery(api.policy.text.queryOptions({ input: { client: slug, version } }));
  return (
    <DetailPage
      title={(data: Version) => `Policy, version ${data.label}`}
      permission="policy.read"
      load={load}
      meta={(data) => `${VERSION_WORDS[data.state]} · from ${dayWords(data.effectiveOn)} · ${data.reason}`}
      actions={<Files slug={slug} version={version} translations={load.data?.translations ?? []} />}
      work={(data) => (
        <>
          <PolicyText content={data.content} />
          {data.translations.map(({ language, content }) => (
            <PolicyText key={language} content={content} language={language} />
          ))}
          <Differences against={data.against} label={data.label} differences={data.differences} />
        </>
      )}
      evidence={(data) => (
        <>
          <Card title="This version">
            <Facts
              facts={[
                ['Sent by', data.proposedBy],
                ['Approved by', data.approvedBy],
                ['Approved', <When key="at" at={data.approvedAt} />],
                ['SHA-256 of the text', <Hash key="sha" sha={data.sha256} />],
                ...data.translations.map(({ language, sha256 }): [string, ReactNode] => [
                  `SHA-256 of the ${LANGUAGE_WORDS[language]} text`,
                  <Hash key={language} sha={sha256} />,
                ]),
              ]}
            />
          </Card>
          <Clauses clauses={data.clauses} slug={slug} />
          <LeftOut leftOut={data.leftOut} />
          <Reading readability={data.readability} />
        </>
      )}
    />
  );
}

const FILES = [
  { format: 'docx', label: 'Word document (DOCX)' },
  { format: 'pdf', label: 'Document (PDF)' },
  { format: 'html', label: 'Page to hand out (HTML)' },
  { format: 'txt', label: 'Plain text used for the hash' },
] as const;

function Files({
  slug,
  version,
  translations,
}: {
  slug: string;
  version: string;
  translations: Version['translations'];
}) {
  const languages = ['en' as const, ...translations.map(({ language }) => language)];
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<Icon name="download" />}>Download</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {languages.flatMap((language) =>
          FILES.map(({ format, label }) => (
            <Menu.Item
              key={`${language} ${format}`}
              component="a"
              href={addressOf(routes.policy.document, { client: slug, version, format, language })}
              download
            >
              {language === 'en' ? label : `${LANGUAGE_WORDS[language]}: ${label}`}
            </Menu.Item>
          )),
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

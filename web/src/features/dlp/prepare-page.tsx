import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { count } from '../../../../src/domain/text/words.ts';
import { api, type client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/states.tsx';
import { OverviewPage } from '../../ui/templates/overview-page.tsx';

/** Loaded separately: it brings the rules and file parsers, and the page is shown meanwhile. */
const PrepareForm = lazy(async () => ({ default: (await import('./prepare-form.tsx')).PrepareForm }));

type Preparing = Awaited<ReturnType<typeof calls.dlp.prepare.show>>;

/** Prepares an export according to the client's policy and records who did it. The file stays in the browser. */
export function PreparePage() {
  const { slug } = useClientHere();
  const load = useQuery(api.dlp.prepare.show.queryOptions({ input: { client: slug } }));
  return (
    <OverviewPage<Preparing>
      title="Prepare an export for Claude"
      permission="requests.ask"
      load={load}
      main={(data) => <Prepare slug={slug} preparing={data} />}
    />
  );
}

function Prepare({ slug, preparing }: { slug: string; preparing: Preparing }) {
  const { clause, chatRetentionDays, patterns } = preparing;
  return (
    <>
      <Card title="The rules here">
        <Stack gap="sm">
          <p className="measure">
            {clause === null
              ? 'No policy with a clause on member data is in force, so you decide on each column.'
              : `Under the policy (clause ${clause.number ?? ''}, ${clause.title}), no column of member data may be kept as it is.`}
          </p>
          <p className="measure">{retentionWords(chatRetentionDays)}</p>
          <p className="muted measure">
            The file stays in this browser. Your name, the file’s name, size and checksum, what its columns
            contain and what you did with them are recorded in the audit log.
          </p>
        </Stack>
      </Card>
      <Stack>
        <Suspense fallback={null}>
          <PrepareForm slug={slug} patterns={patterns} mayKeep={clause === null} />
        </Suspense>
      </Stack>
      <Notice>
        If passwords or keys are found, an alert is raised with their kind and a fingerprint. The password
        itself is never sent.
      </Notice>
    </>
  );
}

function retentionWords(days: number | null): string {
  if (days === null)
    return 'The charter does not say how long chats are kept. What you upload stays with the conversation until it is deleted.';
  return days === 0
    ? 'According to the charter, chats are kept without limit. What you upload stays until you delete the conversation.'
    : `According to the charter, chats are kept for ${count(days, 'day')}. What you upload stays with the conversation for that long.`;
}

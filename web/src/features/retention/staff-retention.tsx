import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { useFields } from '../../ui/fields.ts';
import { Row, Stack } from '../../ui/layout.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { Steady, useUnsaved } from '../../ui/unsaved.tsx';
import { RemovalDialog } from './removal-dialog.tsx';
import { choices, keepOf, keepWords } from './words.ts';

type Kept = Awaited<ReturnType<typeof calls.retention.staff.show>>;
type Choice = Kept['reports'];

/** How long reports by staff and passed quizzes are kept. */
export function StaffRetention() {
  const { slug } = useClientHere();
  const load = useQuery(api.retention.staff.show.queryOptions({ input: { client: slug } }));
  if (load.error !== null)
    return (
      <Card title="How long staff records are kept">
        <LoadFailed load={load} what="The settings could not be loaded." />
      </Card>
    );
  if (load.data === undefined) return null;
  return (
    <Card title="How long staff records are kept">
      <Steady of={load.data}>{(kept) => <KeepForm key={kept.version} kept={kept} slug={slug} />}</Steady>
    </Card>
  );
}

function choiceOf(text: string): Choice {
  return text === 'catalogue' ? text : keepOf(text);
}

function KeepForm({ kept, slug }: { kept: Kept; slug: string }) {
  const fields = useFields({ reports: kept.reports as string, training: kept.training as string }, {});
  const [asking, setAsking] = useState(false);
  const [saved, setSaved] = useState(false);
  useUnsaved(() => fields.changed && !saved);
  const { byDefault, past } = kept;
  const options = (months: Kept['byDefault']['reports']['months']) => [
    { value: 'catalogue', label: `${keepWords(months)}, as the catalogue says` },
    ...choices(),
  ];
  return (
    <Stack gap="lg">
      <p className="muted">
        Reports that are waiting or whose incident is open are kept, as are records of people on legal hold.{' '}
        {past.reports + past.quizzes === 0
          ? 'Nothing is due for removal.'
          : `${pastWords(past)} past their retention period${kept.held ? ', and kept while the client is on legal hold' : '; they will be removed at the next daily run'}.`}
      </p>
      <NativeSelect
        label="Staff reports, after they are settled"
        description={byDefault.reports.why}
        data={options(byDefault.reports.months)}
        disabled={!kept.can.change}
        {...fields.text('reports')}
      />
      <NativeSelect
        label="Training quizzes, after they are passed"
        description={byDefault.training.why}
        data={options(byDefault.training.months)}
        disabled={!kept.can.change}
        {...fields.text('training')}
      />
      <p className="second">
        The catalogue’s periods are as of {dayWords(byDefault.asOf)}. They follow{' '}
        {byDefault.sources.map(({ title, url }, at) => (
          <span key={url}>
            {at === 0 ? '' : ' and '}
            <a href={url} target="_blank" rel="noreferrer">
              {title}
            </a>
          </span>
        ))}
        .
      </p>
      {kept.can.change && fields.changed ? (
        <Row gap="md">
          <Button onClick={() => setAsking(true)}>Count what will be removed…</Button>
        </Row>
      ) : null}
      {asking ? (
        <Preview
          slug={slug}
          version={kept.version}
          reports={choiceOf(fields.values.reports)}
          training={choiceOf(fields.values.training)}
          onSaved={() => setSaved(true)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </Stack>
  );
}

function pastWords({ reports, quizzes }: Kept['past']): string {
  return `${count(reports, 'report')} and ${count(quizzes, 'passed quiz', 'passed quizzes')} are`;
}

interface PreviewProps {
  slug: string;
  version: number;
  reports: Choice;
  training: Choice;
  onSaved: () => void;
  onClose: () => void;
}

/** What would be removed, shown before the change is saved. */
function Preview({ slug, version, reports, training, onSaved, onClose }: PreviewProps) {
  const load = useQuery(
    api.retention.staff.show.queryOptions({ input: { client: slug, reports, training } }),
  );
  return (
    <RemovalDialog
      title="How long staff records are kept"
      load={load}
      words={({ past }) =>
        past.reports + past.quizzes === 0 ? null : `${pastWords(past)} past their retention period and`
      }
      store={() => calls.retention.staff.change({ client: slug, version, reports, training })}
      changed={api.retention.staff.key()}
      onSaved={onSaved}
      onClose={onClose}
    />
  );
}

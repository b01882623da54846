import { Button, NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { count, dayWords } from '../../../../src/domain/text/words.ts';
import { api, client as calls } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { useFields } from '../../ui/fields.ts';
import { Row, Stack } from '../../ui/layout.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { Steady, useUnsaved } from '../../ui/unsaved.tsx';
import { When } from '../../ui/when.tsx';
import { PersonHolds } from './person-holds.tsx';
import { RemovalDialog } from './removal-dialog.tsx';

type Kept = Awaited<ReturnType<typeof calls.retention.activity.show>>;
type Keep = Kept['events'];

type KeepTexts = Kept['texts'];

const KEEP_TEXTS: readonly KeepTexts[] = ['1', '3', '7', '14', '30', '60', '90'];

const KEEP: readonly { readonly value: Keep; readonly label: string }[] = [
  { value: '3', label: '3 months' },
  { value: '6', label: '6 months' },
  { value: '13', label: '13 months' },
  { value: '25', label: '25 months' },
  { value: '37', label: '37 months' },
  { value: '61', label: '61 months' },
  { value: 'forever', label: 'Permanently' },
];

function keepOf(text: string): Keep {
  return KEEP.find(({ value }) => value === text)?.value ?? 'forever';
}

function textsOf(text: string): KeepTexts {
  return KEEP_TEXTS.find((one) => one === text) ?? '14';
}

/** How long events in Claude and their counts are kept, and the people on hold. */
export function ActivityRetention() {
  const { slug } = useClientHere();
  const load = useQuery(api.retention.activity.show.queryOptions({ input: { client: slug } }));
  const people = useMay('people.read');
  if (load.error !== null)
    return (
      <Card title="How long activities are kept">
        <LoadFailed load={load} what="The settings could not be loaded." />
      </Card>
    );
  if (load.data === undefined) return null;
  return (
    <Card title="How long activities are kept">
      <Stack gap="lg">
        <Steady of={load.data}>{(kept) => <KeepForm key={kept.version} kept={kept} slug={slug} />}</Steady>
        {people ? <PersonHolds slug={slug} may={load.data.can} /> : null}
      </Stack>
    </Card>
  );
}

function KeepForm({ kept, slug }: { kept: Kept; slug: string }) {
  const fields = useFields(
    { events: kept.events as string, counts: kept.counts as string, texts: kept.texts as string },
    {},
  );
  const [asking, setAsking] = useState(false);
  const [saved, setSaved] = useState(false);
  useUnsaved(() => fields.changed && !saved);
  const events = keepOf(fields.values.events);
  const counts = keepOf(fields.values.counts);
  const texts = textsOf(fields.values.texts);
  const options = [...KEEP];
  return (
    <>
      <p className="muted">
        {kept.log.first === null ? (
          'Nothing was received yet.'
        ) : (
          <>
            The oldest event is from <When at={kept.log.first} inline />.
          </>
        )}{' '}
        Events and counts for people on legal hold are kept.
      </p>
      <NativeSelect
        label="Events, each with its record"
        data={options}
        disabled={!kept.can.change}
        {...fields.text('events')}
      />
      <NativeSelect
        label="Counts by hour, day, week and month"
        description="At least as long as the events."
        data={options}
        disabled={!kept.can.change}
        {...fields.text('counts')}
      />
      <NativeSelect
        label="Text of what people write, at most"
        description={`Never longer than the charter says. ${kept.content}`}
        data={KEEP_TEXTS.map((value) => ({ value, label: count(Number(value), 'day') }))}
        disabled={!kept.can.change}
        {...fields.text('texts')}
      />
      {kept.can.change && fields.changed ? (
        <Row gap="md">
          <Button onClick={() => setAsking(true)}>Count what will be removed…</Button>
        </Row>
      ) : null}
      {asking ? (
        <Preview
          slug={slug}
          version={kept.version}
          events={events}
          counts={counts}
          texts={texts}
          onSaved={() => setSaved(true)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </>
  );
}

interface PreviewProps {
  slug: string;
  version: number;
  events: Keep;
  counts: Keep;
  texts: KeepTexts;
  onSaved: () => void;
  onClose: () => void;
}

/** What would be removed, shown before the change is saved. */
function Preview({ slug, version, events, counts, texts, onSaved, onClose }: PreviewProps) {
  const load = useQuery(
    api.retention.activity.preview.queryOptions({ input: { client: slug, events, counts, texts } }),
  );
  return (
    <RemovalDialog
      title="How long activities are kept"
      load={load}
      words={({ activities, activitiesBefore, counts: lines, countsBefore, texts: written }) =>
        activities + lines + written === 0
          ? null
          : `${count(activities, 'event')}${before(activitiesBefore)} and ${count(lines, 'line')} of counts${before(countsBefore)}`
      }
      more={({ texts: written, heldPeople }) => (
        <>
          {written === 0 ? null : <p>{count(written, 'text', 'texts')} will be removed within the hour.</p>}
          {heldPeople === 0 ? null : <p>{count(heldPeople, 'person', 'people')} on hold keep theirs.</p>}
        </>
      )}
      store={() => calls.retention.activity.change({ client: slug, version, events, counts, texts })}
      changed={api.retention.activity.key()}
      onSaved={onSaved}
      onClose={onClose}
    />
  );
}

const before = (day: string | null) => (day === null ? '' : ` from before ${dayWords(day)}`);

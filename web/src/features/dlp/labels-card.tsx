import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { count } from '../../../../src/domain/text/words.ts';
import { done, failed } from '../../acts.ts';
import { api, client as calls, fetchFile, routes } from '../../api.ts';
import { useClientHere, useMay } from '../../session.tsx';
import { Card } from '../../ui/card.tsx';
import { ExportMenu } from '../../ui/export-menu.tsx';
import { Stack } from '../../ui/layout.tsx';
import { PlainTable } from '../../ui/plain-table.tsx';
import { LoadFailed } from '../../ui/states.tsx';
import { savedWords } from './words.ts';

type Labels = Awaited<ReturnType<typeof calls.dlp.labels.list>>;
type Line = Labels['items'][number];
type Tuning = Awaited<ReturnType<typeof calls.dlp.tuning.show>>;

/** Precision of each rule, according to people's judgments of its alarms, and what would avoid false ones. */
export function LabelsCard() {
  const { slug } = useClientHere();
  const maySee = useMay('activity.read');
  const load = useQuery({
    ...api.dlp.labels.list.queryOptions({ input: { client: slug } }),
    enabled: maySee,
  });
  const tuning = useQuery(api.dlp.tuning.show.queryOptions({ input: { client: slug } }));
  if (!maySee) return null;
  return (
    <Card
      title="How often alarms were right"
      flush
      aside={
        <ExportMenu onExport={(format) => fetchFile(routes.dlp.labels.export, { client: slug, format })} />
      }
    >
      <Stack inset="tall">
        <LoadFailed load={load} what="The judgments of alarms could not be loaded." />
        {load.data === undefined ? null : <p className="muted measure">{aboutWords(load.data)}</p>}
      </Stack>
      {load.data === undefined || load.data.items.length === 0 ? null : (
        <PlainTable
          label="How often alarms were right"
          rows={load.data.items}
          rowId={({ rule }) => rule}
          columns={[
            { head: 'What', cell: ({ title }) => title },
            { head: 'Right', align: 'end', cell: ({ right }) => right },
            { head: 'False alarms', align: 'end', cell: ({ falseAlarms }) => falseAlarms },
            {
              head: 'Precision',
              align: 'end',
              cell: ({ precision }) => `${Math.round(precision * 100)}%`,
            },
            {
              head: 'Proposal',
              cell: (line) => <Proposal slug={slug} line={line} raised={raisedOf(tuning.data, line)} />,
            },
          ]}
        />
      )}
    </Card>
  );
}

function aboutWords({ decisions, removed, isWhole }: Labels): string {
  if (decisions === 0)
    return 'No one has reviewed an alarm yet. For each decision of the inference hook or the proxy, say whether it was right.';
  return [
    `From ${count(decisions, 'reviewed decision')}${isWhole ? '' : ', the newest'}. This list contains nothing that people wrote.`,
    ...(removed === 0 ? [] : [`It is no longer known which rules ${removed} of them were about.`]),
  ].join(' ');
}

/** Whether this client has its own threshold of hits for a rule. */
function raisedOf(tuning: Tuning | undefined, { rule }: Line): boolean {
  return tuning !== undefined && Object.hasOwn(tuning.atLeast, rule);
}

function Proposal({ slug, line, raised }: { slug: string; line: Line; raised: boolean }) {
  const { proposal, rule, title, atLeast, off } = line;
  const mayEdit = useMay('detections.edit');
  const act = useMutation({
    mutationFn: async (change: { off?: string; raise?: number; takeBack?: true }) => {
      const {
        version,
        changed: _changed,
        proposed: _waits,
        ...now
      } = await calls.dlp.tuning.show({ client: slug });
      return calls.dlp.tuning.set({
        client: slug,
        version,
        ...now,
        off: change.off === undefined ? now.off : [...now.off, change.off],
        atLeast: atLeastWith(now.atLeast, rule, change),
      });
    },
    onSuccess: ({ proposed }) => done(savedWords(proposed), api.dlp.key()),
    onError: failed,
  });
  if (off) return 'Turned off';
  const to = proposal?.do === 'raise_threshold' ? proposal.to : null;
  if (raised && (to === null || atLeast >= to))
    return (
      <Stack gap="xs">
        <span>Threshold {atLeast} on</span>
        {mayEdit ? (
          <Button
            size="xs"
            variant="default"
            aria-label={`Undo: ${title}`}
            loading={act.isPending}
            onClick={() => act.mutate({ takeBack: true })}
          >
            Undo
          </Button>
        ) : null}
      </Stack>
    );
  if (proposal === null) return null;
  if (proposal.do === 'allow_values') return 'Add values that belong to no one to the values to ignore.';
  if (to !== null && atLeast >= to) return `Threshold ${atLeast} on`;
  const words = to === null ? 'Turn it off' : `Raise the threshold to ${to}`;
  if (!mayEdit) return `${words}.`;
  return (
    <Button
      size="xs"
      aria-label={`${words}: ${title}`}
      loading={act.isPending}
      onClick={() => act.mutate(to === null ? { off: rule } : { raise: to })}
    >
      {words}
    </Button>
  );
}

function atLeastWith(
  before: Tuning['atLeast'],
  rule: string,
  { raise, takeBack }: { raise?: number; takeBack?: true },
): Tuning['atLeast'] {
  if (takeBack) return Object.fromEntries(Object.entries(before).filter(([id]) => id !== rule));
  return raise === undefined ? before : { ...before, [rule]: raise };
}

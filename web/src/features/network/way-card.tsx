import { Button, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { dayWords } from '../../../../src/domain/text/words.ts';
import { fetchFile, routes } from '../../api.ts';
import { Card } from '../../ui/card.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { explainError } from '../../ui/explain-error.ts';
import { Row, Stack } from '../../ui/layout.tsx';
import { SourceLinks } from '../../ui/lines.tsx';
import { Notice } from '../../ui/states.tsx';
import { toast } from '../../ui/toast.tsx';
import { VerdictMark } from '../../ui/verdict-mark.tsx';
import { networkRoute } from './routes.tsx';
import {
  KIND_WORDS,
  type Network,
  OVERWRITES_MARKS,
  OVERWRITES_WORDS,
  UNLICENSED_WORDS,
  type Way,
} from './words.ts';

interface WayCardProps {
  readonly slug: string;
  readonly data: Network;
  readonly chosen: string | undefined;
  readonly organization: string | undefined;
}

/** One way at a time, with its files and steps filled in. Managed browsers come first, since they need no gateway. */
export function WayCard({ slug, data, chosen, organization }: WayCardProps) {
  const navigate = networkRoute.useNavigate();
  const way = data.ways.find(({ id }) => id === chosen) ?? data.ways[0];
  if (way === undefined) return null;
  const kinds = [...new Set(data.ways.map(({ kind }) => kind))];
  return (
    <Card title="Set it up" foot={`As documented on ${dayWords(way.asOf)}.`}>
      <Stack>
        <NativeSelect
          label="With"
          value={way.id}
          onChange={(event) => {
            const id = event.currentTarget.value;
            void navigate({ search: (was) => ({ ...was, way: id }), replace: true });
          }}
          data={kinds.map((kind) => ({
            group: KIND_WORDS[kind],
            items: data.ways
              .filter((one) => one.kind === kind)
              .map(({ id, title, unlicensed }) => ({
                value: id,
                label: unlicensed === null ? title : `${title} (${UNLICENSED_WORDS[unlicensed.has]})`,
                disabled: unlicensed !== null,
              })),
          }))}
        />
        <p className="measure">{way.means}</p>
        {way.namedBy.note === null ? null : <Notice>{way.namedBy.note}</Notice>}
        {way.overwrites === null ? null : (
          <div>
            <VerdictMark state={OVERWRITES_MARKS[way.overwrites.is]}>
              {OVERWRITES_WORDS[way.overwrites.is]}
            </VerdictMark>
            <p className="muted measure">{way.overwrites.says}</p>
          </div>
        )}
        {way.lack === null ? null : <Notice mark="cannot_read">{way.lack}</Notice>}
        <Files slug={slug} way={way} organization={organization} />
        {way.headers === null ? null : (
          <CopyText
            label={way.headers.length === 1 ? 'Header' : 'Headers'}
            text={way.headers.map(({ name, value }) => `${name}: ${value}`).join('\n')}
            mono
          />
        )}
        {way.unlicensed === null ? (
          <Listed title="Before you begin" items={way.needs} />
        ) : (
          <Notice mark={way.unlicensed.has === 'no' ? 'fail' : 'cannot_read'}>
            {way.unlicensed.has === 'no'
              ? 'This cannot be set up here.'
              : 'Not known whether this can be set up here.'}{' '}
            {way.unlicensed.words}
          </Notice>
        )}
        {way.unlicensed === null ? (
          <div>
            <h3>Steps</h3>
            <Stack as="ol" gap="2xs" bullets className="measure wraps">
              {way.steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </Stack>
          </div>
        ) : null}
        <Listed title="Covers" items={[way.covers]} />
        <Listed title="Does not cover" items={way.notCovered} />
        <SourceLinks sources={way.sources} />
      </Stack>
    </Card>
  );
}

function Listed({ title, items }: { title: string; items: readonly string[] }) {
  if (items.length === 0) return null;
  return (
    <div>
      <h3>{title}</h3>
      <Stack as="ul" gap="2xs" bullets className="measure wraps">
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </Stack>
    </div>
  );
}

function Files({ slug, way, organization }: { slug: string; way: Way; organization: string | undefined }) {
  const [busy, setBusy] = useState<string | null>(null);
  if (way.lack !== null || way.files.length === 0) return null;
  const get = async (file: string) => {
    setBusy(file);
    try {
      await fetchFile(routes.network.file, { client: slug, way: way.id, file, organization });
    } catch (error) {
      toast({ kind: 'failed', text: explainError(error).text });
    }
    setBusy(null);
  };
  return (
    <Stack as="ul" gap="sm">
      {way.files.map((file, at) => (
        <Row as="li" key={file.id} justify="between" align="start">
          <div className="grow">
            <p className="medium">{file.title}</p>
            <p className="muted wraps">{file.where}</p>
          </div>
          <Button
            variant={at === 0 ? 'filled' : 'default'}
            loading={busy === file.id}
            onClick={() => void get(file.id)}
          >
            Download<span className="hidden-text"> {file.name}</span>
          </Button>
        </Row>
      ))}
    </Stack>
  );
}
